//! 解析: from the source of a page to its tree, by the rules of the HTML Standard, within bounds.
//!
//! The rules look back over all elements that are open, and repeat the open marks of emphasis in every paragraph: a page
//! made to hurt takes time and room without end. [`Bounded`] stands before them and lets no more through than a browser
//! would show.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute, ExpandedName, QualName, TokenizerResult, local_name, ns};

use super::chunk;
use super::dom::{Id, Kind, NONE, ROOT, Tree};

/// Elements stand no deeper in each other; browsers stop here too.
const DEPTH: u16 = 512;
/// No page that people read has more nodes: the largest of a government site has some forty thousand.
const NODES: usize = 500_000;
/// Longer values of attributes are pictures within the page.
const VALUE: usize = 4096;
/// The attributes that a reader asks for.
const ATTRIBUTES: &[&str] = &[
    "id", "class", "style", "hidden", "href", "src", "alt", "title", "name", "property", "content", "rowspan",
    "colspan", "align", "type", "start", "value", "role", "width", "download", "reversed",
];

/// The tree of a page; `None` where the page has more nodes than any that people read.
pub(super) fn parse(page: &str) -> Option<Tree> {
    within(page, NODES)
}

/// The tree of a page of fewer than `nodes` nodes.
fn within(page: &str, nodes: usize) -> Option<Tree> {
    let sink = Bounded { builder: TreeBuilder::new(Sink::new(nodes), Default::default()) };
    let tokenizer = Tokenizer::new(sink, Default::default());
    let queue = BufferQueue::default();
    let feed = |text: &str| {
        queue.push_back(StrTendril::from_slice(text));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    };
    for chunk in chunk::chunks(page) {
        tokenizer.sink.builder.sink.at.set(chunk.at);
        feed(chunk.text);
        if chunk.bare {
            feed(">");
        }
    }
    tokenizer.end();
    let sink = tokenizer.sink.builder.sink;
    (!sink.full()).then(|| sink.finish())
}

/// Lets through what is within bounds.
struct Bounded {
    builder: TreeBuilder<Handle, Sink>,
}

impl TokenSink for Bounded {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let sink = &self.builder.sink;
        let opens = matches!(&token, Token::TagToken(Tag { kind: TagKind::StartTag, .. }));
        if sink.full() && !matches!(token, Token::EOFToken) || opens && sink.depth.get() >= DEPTH {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// A node as the rules know it.
#[derive(Clone)]
struct Handle {
    id: Id,
    name: Option<QualName>,
}

/// Takes down what the rules decide.
struct Sink {
    tree: RefCell<Tree>,
    depths: RefCell<Vec<u16>>,
    /// How deep the element that was opened last stands.
    depth: Cell<u16>,
    /// The byte of the page that is being read.
    at: Cell<usize>,
    nameless: QualName,
    /// How many nodes there may be.
    most: usize,
}

impl Sink {
    fn new(most: usize) -> Self {
        Sink {
            most,
            tree: RefCell::new(Tree::new()),
            depths: RefCell::new(vec![0]),
            depth: Cell::new(0),
            at: Cell::new(0),
            nameless: QualName::new(None, ns!(html), local_name!("")),
        }
    }

    fn full(&self) -> bool {
        self.tree.borrow().len() >= self.most
    }

    fn add(&self, kind: Kind, name: Option<QualName>) -> Handle {
        self.depths.borrow_mut().push(0);
        Handle { id: self.tree.borrow_mut().add(kind), name }
    }

    /// Puts `child` at the end of `parent` or before `before`.
    fn put(&self, parent: Id, before: Option<Id>, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        let child = match child {
            NodeOrText::AppendText(text) => {
                let neighbour = before.map_or(tree.last(parent), |b| tree.previous(b));
                if neighbour != NONE
                    && let Kind::Text(known, _) = tree.kind_mut(neighbour)
                {
                    known.push_str(&text);
                    return;
                }
                self.depths.borrow_mut().push(0);
                tree.add(Kind::Text(text.to_string(), self.at.get()))
            }
            NodeOrText::AppendNode(child) => {
                tree.detach(child.id);
                let mut depths = self.depths.borrow_mut();
                let depth = depths[parent as usize].saturating_add(1);
                depths[child.id as usize] = depth;
                if matches!(tree.kind(child.id), Kind::Element(..)) {
                    self.depth.set(depth);
                }
                child.id
            }
        };
        match before {
            Some(next) => tree.insert(next, child),
            None => tree.append(parent, child),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.as_ref().unwrap_or(&self.nameless).expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.add(Kind::Element(name.local.clone(), kept(attributes)), Some(name))
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.add(Kind::Comment(if text.len() > VALUE { StrTendril::new() } else { text }), None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(parent.id, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let parent = self.tree.borrow().parent(element.id);
        match parent {
            NONE => self.put(previous.id, None, child),
            parent => self.put(parent, Some(element.id), child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        let depth = self.depths.borrow()[node.id as usize];
        self.depth.set(depth.saturating_sub(1));
    }

    /// What a template holds is not shown: it stays outside the tree.
    fn get_template_contents(&self, _: &Handle) -> Handle {
        self.add(Kind::Document, None)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        let parent = self.tree.borrow().parent(sibling.id);
        if parent != NONE {
            self.put(parent, Some(sibling.id), new);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Kind::Element(_, known) = self.tree.borrow_mut().kind_mut(target.id) {
            for (name, value) in kept(attributes) {
                if !known.iter().any(|(n, _)| *n == name) {
                    known.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        let children: Vec<Id> = tree.children(node.id).collect();
        for child in children {
            tree.detach(child);
            tree.append(parent.id, child);
        }
    }
}

/// The attributes that a reader asks for.
fn kept(attributes: Vec<Attribute>) -> Vec<(html5ever::LocalName, StrTendril)> {
    let asked = |a: &Attribute| ATTRIBUTES.contains(&&*a.name.local);
    let mut kept: Vec<_> = attributes.into_iter().filter(asked).map(|a| (a.name.local, a.value)).collect();
    for (_, value) in &mut kept {
        if value.len() > VALUE {
            let end = value.char_indices().map(|(i, _)| i).take_while(|i| *i <= 64).last().unwrap_or(0);
            *value = StrTendril::from_slice(&value[..end]);
        }
    }
    kept.shrink_to_fit();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_knows_where_it_begins() {
        let page = "<p>甲<b class='x>y'>乙</b>\n<script>if (a<b) {}</script><p>丙";
        let tree = parse(page).expect("a tree");
        let texts: Vec<(&str, usize)> = tree
            .nodes(ROOT)
            .filter_map(|id| if let Kind::Text(t, at) = tree.kind(id) { Some((t.trim(), *at)) } else { None })
            .filter(|(t, _)| !t.is_empty())
            .collect();
        let at = |word: &str| page.find(word).unwrap_or(0);
        assert_eq!(texts[0], ("甲", at("甲")));
        assert_eq!(texts.last(), Some(&("丙", at("丙"))));
        assert!(texts.iter().any(|t| t.0 == "if (a<b) {}"));
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let deep = parse(&"<div>".repeat(20_000)).expect("a tree");
        assert!(deep.len() < 2 * usize::from(DEPTH));
        // Every paragraph opens all that was emphasised anew.
        let emphasis: String = (0..400).map(|i| format!("<b id={i}>")).collect();
        assert!(within(&format!("<p>{emphasis}{}", "<p>字".repeat(1000)), 20_000).is_none());
        assert!(within(&"<td>1".repeat(10_001), 20_000).is_some());
        assert!(within(&format!("<table>{}", "<td>1".repeat(10_001)), 20_000).is_none());
    }
}
