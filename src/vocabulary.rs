//! 词汇: what a site calls the kinds of its findings, the parts that organs play and the relations of documents: the key
//! in data and addresses, the Chinese label, and the order. Everything else asks here, so that a new kind is a line here
//! and what the compiler then asks for.

use gongwen::extract::{Answers, Op, TaskKind};

/// An enum whose variants have a key for programs and a label for people; its order is that of the lines.
macro_rules! terms {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// As data, addresses and style sheets write it.
            pub const fn key(self) -> &'static str {
                match self {
                    $($name::$variant => $key,)+
                }
            }

            /// As people say it.
            pub const fn label(self) -> &'static str {
                match self {
                    $($name::$variant => $label,)+
                }
            }
        }
    };
}

terms! {
    /// What an obligation is.
    Kind {
        /// Responsibility that an annotation of a clause or a row of a task table assigns.
        Assignment = "assignment", "分工";
        /// A dated goal or milestone.
        Target = "target", "目标";
        /// What a sentence demands of a named organ.
        Duty = "duty", "职责";
        /// What a reply promises to do.
        Commitment = "commitment", "承诺";
    }
}

terms! {
    /// 进展: how far what was assigned or promised has come, as its content file records it. Nothing says that it was
    /// not done: what nobody has recorded is not known.
    State {
        /// It was done, and something public says so.
        Done = "done", "已落实";
        /// It is under way, and something public says so.
        Underway = "underway", "推进中";
        /// Somebody looked, and found nothing public.
        Unseen = "unseen", "未见公开进展";
    }
}

terms! {
    /// The part that an organ plays in an obligation; the order is that of tables.
    Role {
        /// Leads the others.
        Lead = "lead", "牵头";
        /// Helps who leads.
        Support = "support", "配合";
        /// Shares it with others.
        Joint = "joint", "共同负责";
        /// Carries it out on the spot.
        Implement = "implement", "落实";
        /// Must act, by a duty or a commitment.
        Actor = "actor", "责任主体";
    }
}

impl From<TaskKind> for Kind {
    fn from(kind: TaskKind) -> Kind {
        match kind {
            TaskKind::Assignment => Kind::Assignment,
            TaskKind::Target => Kind::Target,
            TaskKind::Duty => Kind::Duty,
            TaskKind::Commitment => Kind::Commitment,
        }
    }
}

impl Kind {
    /// The words that introduce a list of them.
    pub fn about(self) -> &'static str {
        match self {
            Kind::Assignment => "文件条款和任务表中写明的牵头、配合、共同负责和落实单位。",
            Kind::Target => "文件中写明期限的目标和阶段性任务，以及其中的指标。",
            Kind::Duty => "文件中用“应当”“负责”“不得”等词对具名机关提出的要求。",
            Kind::Commitment => "答复中承诺今后要办的事项。",
        }
    }
}

impl Role {
    /// The parts by what they weigh, as an organ's page and the words beside a clause have them.
    pub const BY_WEIGHT: [Role; 5] = [Role::Lead, Role::Joint, Role::Support, Role::Implement, Role::Actor];

    /// The parts of which one answers for a task, the first that anybody plays.
    pub const ANSWERING: [Role; 3] = [Role::Lead, Role::Joint, Role::Actor];

    /// The label where room is short.
    pub fn short(self) -> &'static str {
        match self {
            Role::Joint => "共同",
            Role::Lead | Role::Support | Role::Implement | Role::Actor => self.label(),
        }
    }
}

/// How a clause is known to be about a topic; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Evidence {
    /// A title word stands in its run-in heading, or in the task of a row.
    Title,
    /// It has none of its own, but the heading that it stands under has, and no text before it.
    Heading,
    /// Words of the topic stand thick enough in its text, or in one of its obligations.
    Text,
    /// 提及: its text names the topic once, among other things.
    Mention,
}

impl Evidence {
    /// As the data write it.
    pub fn key(self) -> &'static str {
        match self {
            Evidence::Title => "title",
            Evidence::Heading => "heading",
            Evidence::Text => "text",
            Evidence::Mention => "mention",
        }
    }
}

/// 责任归属: how somebody answers for what names nobody, as data write it.
pub fn answers(role: Answers) -> &'static str {
    match role {
        Answers::Lead => Role::Lead.key(),
        Answers::Joint => Role::Joint.key(),
        Answers::Reply => "reply",
    }
}

/// The heading over who answers for what names nobody.
pub const RESPONSIBLE: &str = "责任归属";

/// The column of what is recorded of how far a task has come.
pub const PROGRESS: &str = "进展";

/// What is said of an obligation that a person should look at.
pub const UNSURE: &str = "待核";

/// The sign of a bound as people write it before a number; empty for the bare number.
pub fn bound(op: Op) -> &'static str {
    match op {
        Op::AtLeast => "≥",
        Op::AtMost => "≤",
        Op::Equal => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page that reads documents in the browser gives the kinds by the names that the findings have for themselves.
    #[test]
    fn kinds_are_called_as_the_tasks_are() {
        let kinds = [TaskKind::Assignment, TaskKind::Target, TaskKind::Duty, TaskKind::Commitment];
        for kind in kinds {
            assert_eq!(serde_json::json!(kind), Kind::from(kind).key());
        }
        assert_eq!(kinds.map(Kind::from), Kind::ALL);
    }

    #[test]
    fn every_role_has_a_weight() {
        let mut roles = Role::BY_WEIGHT.to_vec();
        roles.sort();
        assert_eq!(roles, Role::ALL);
    }
}
