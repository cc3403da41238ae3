//! Runs of role words.

use crate::extract::who::words::{ROLES, Role, TRANSITIVE};

/// Longest run of role words: 按职责分工 密切 配合 抓好 落实.
const RUN: usize = 8;

/// The run of role words at byte `at`: its role and where it ends. `None` where no word of it gives a role.
pub(in crate::extract::who) fn role_run(text: &str, at: usize) -> Option<(Role, usize)> {
    let (mut lead, mut support, mut joint, mut implement, mut responsible) = (false, false, false, false, false);
    let mut end = at;
    for _ in 0..RUN {
        let Some((role, len)) = ROLES.at(text, end) else { break };
        match role {
            Role::Lead => lead = true,
            Role::Support => support = true,
            Role::Joint => joint = true,
            Role::Implement => implement = true,
            Role::Responsible => responsible = true,
            Role::Neutral => {}
            Role::With | Role::Ditto => break,
        }
        end += len;
    }
    let role = match (lead, support, joint, implement, responsible) {
        (true, ..) => Role::Lead,
        (_, true, ..) => Role::Support,
        (_, _, true, ..) => Role::Joint,
        (_, _, _, true, _) => Role::Implement,
        (.., true) => Role::Responsible,
        _ => return None,
    };
    Some((role, end))
}

/// True where the run of role words `at..end` ends in one that takes an object.
pub(in crate::extract::who) fn ends_transitive(text: &str, at: usize, end: usize) -> bool {
    text[at..end].char_indices().any(|(i, _)| TRANSITIVE.at(text, at + i).is_some_and(|((), len)| at + i + len == end))
}
