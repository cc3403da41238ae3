//! 看得见什么: which parts of a page a reader sees, and how much text each holds.

use super::dom::{Id, Kind, NONE, ROOT, Step, Tree};
use super::sites::SITES;

/// How much a node holds of what can be seen, in characters without white space.
#[derive(Clone, Copy, Default)]
pub(super) struct Measure {
    /// All characters.
    pub(super) chars: usize,
    /// Those that are links to other pages.
    pub(super) linked: usize,
    /// Those of running text: in no link, in stretches of some length or with punctuation.
    pub(super) prose: usize,
    /// Those of running text that stand in no menu, footer or share bar by its name.
    pub(super) clean: usize,
}

/// What can be seen of a page.
pub(super) struct Look {
    shown: Vec<bool>,
    measures: Vec<Measure>,
    /// The elements with words that are hidden by their style, outermost only.
    pub(super) hidden: Vec<Id>,
}

/// A stretch of at least this many characters is running text even without punctuation.
const RUNNING: usize = 15;

/// What is never text, whatever its style.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "canvas", "svg", "audio", "video",
    "select", "textarea", "button", "input", "datalist", "map", "noframes", "title", "meta", "link", "rt", "rp",
];

impl Look {
    /// Looks at a page. With `all`, what its styles hide is seen too: a page may show its text by script only.
    pub(super) fn at(tree: &Tree, all: bool) -> Look {
        let mut look =
            Look { shown: vec![false; tree.len()], measures: vec![Measure::default(); tree.len()], hidden: Vec::new() };
        let (mut links, mut furniture) = (0usize, 0usize);
        let mut walk = tree.walk(ROOT);
        while let Some(step) = walk.next() {
            match step {
                Step::Open(id) => match tree.kind(id) {
                    Kind::Element(..) => {
                        let tag = tree.tag(id);
                        if UNSEEN.contains(&tag) {
                            walk.pass_over(id);
                            continue;
                        }
                        if !all && is_hidden(tree, id) {
                            look.hidden.push(id);
                            walk.pass_over(id);
                            continue;
                        }
                        look.shown[id as usize] = true;
                        links += usize::from(is_link(tree, id));
                        furniture += usize::from(SITES.is_furniture(tree, id));
                    }
                    Kind::Text(text, _) => {
                        look.shown[id as usize] = true;
                        let measure = measured(text, links > 0, furniture > 0);
                        look.measures[id as usize] = measure;
                        look.add(tree.parent(id), measure);
                    }
                    Kind::Document => look.shown[id as usize] = true,
                    Kind::Comment(_) => {}
                },
                Step::Close(id) => {
                    links -= usize::from(is_link(tree, id));
                    furniture -= usize::from(SITES.is_furniture(tree, id));
                    look.add(tree.parent(id), look.of(id));
                }
            }
        }
        look
    }

    fn add(&mut self, id: Id, more: Measure) {
        if id == NONE {
            return;
        }
        let own = &mut self.measures[id as usize];
        own.chars += more.chars;
        own.linked += more.linked;
        own.prose += more.prose;
        own.clean += more.clean;
    }

    /// True for what can be seen.
    pub(super) fn shows(&self, id: Id) -> bool {
        self.shown[id as usize]
    }

    /// How much node `id` holds.
    pub(super) fn of(&self, id: Id) -> Measure {
        self.measures[id as usize]
    }
}

fn measured(text: &str, linked: bool, furniture: bool) -> Measure {
    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
    let running = chars >= RUNNING || text.contains(['。', '；', '，', '、']);
    let prose = if linked || !running { 0 } else { chars };
    Measure { chars, linked: if linked { chars } else { 0 }, prose, clean: if furniture { 0 } else { prose } }
}

/// True for a link to another page; one to a file or within the page is part of the text.
fn is_link(tree: &Tree, id: Id) -> bool {
    tree.tag(id) == "a" && tree.attribute(id, "href").is_some_and(|h| !SITES.is_file(h) && !h.starts_with('#'))
}

/// True for an element that its own style hides. A page that hides itself whole shows itself when it has loaded.
fn is_hidden(tree: &Tree, id: Id) -> bool {
    if matches!(tree.tag(id), "html" | "body") {
        return false;
    }
    tree.attribute(id, "hidden").is_some()
        || style(tree, id, "display").is_some_and(|v| v.eq_ignore_ascii_case("none"))
        || style(tree, id, "visibility").is_some_and(|v| v.eq_ignore_ascii_case("hidden"))
        || tree.attribute(id, "class").is_some_and(|c| {
            c.split_ascii_whitespace().any(|c| matches!(c, "d-none" | "sr-only" | "visually-hidden" | "hidden"))
        })
}

/// The value of a property in the style of an element.
pub(super) fn style<'a>(tree: &'a Tree, id: Id, property: &str) -> Option<&'a str> {
    let mut declarations = tree.attribute(id, "style")?.split(';').filter_map(|d| d.split_once(':'));
    let found = declarations.rfind(|(name, _)| name.trim().eq_ignore_ascii_case(property));
    found.map(|(_, value)| value.trim().split('!').next().unwrap_or("").trim())
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    #[test]
    fn what_is_hidden_is_not_seen() {
        let page = "<body><p>甲。</p><div style='COLOR:red; display : none !important'>乙</div><template><p>丙</p></template>\
                    <p hidden>丁</p><script>戊</script><noscript>己</noscript><p style='visibility:hidden'>庚</p>";
        let tree = parse(page).expect("a tree");
        let seen = |all| {
            let look = Look::at(&tree, all);
            let texts = tree.nodes(ROOT).filter(|id| look.shows(*id));
            texts.filter_map(|id| if let Kind::Text(t, _) = tree.kind(id) { Some(t.as_str()) } else { None }).collect()
        };
        let (seen, all): (String, String) = (seen(false), seen(true));
        assert_eq!((seen.trim(), all.trim()), ("甲。", "甲。乙丁庚"));
        assert_eq!(Look::at(&tree, false).hidden.len(), 3);
    }
}
