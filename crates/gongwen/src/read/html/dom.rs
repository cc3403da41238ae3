//! 节点树: a page as a tree of nodes in one vector.
//!
//! No node owns another, so neither building, walking nor dropping a tree goes as deep as the page does.

use html5ever::{LocalName, tendril::StrTendril};

/// The number of a node.
pub(super) type Id = u32;

/// What stands where a node has no parent, no child or no neighbour.
pub(super) const NONE: Id = Id::MAX;

/// The document itself.
pub(super) const ROOT: Id = 0;

/// A page.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// A node with its neighbours.
struct Node {
    kind: Kind,
    parent: Id,
    first: Id,
    last: Id,
    next: Id,
    previous: Id,
}

/// What a node is.
pub(super) enum Kind {
    /// The document, or what a template holds.
    Document,
    /// An element with those of its attributes that a reader asks for.
    Element(LocalName, Vec<(LocalName, StrTendril)>),
    /// Text, and the byte of the page at which it begins.
    Text(String, usize),
    /// A comment: publishers mark the text of a document with them.
    Comment(StrTendril),
}

/// A step of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A node begins.
    Open(Id),
    /// An element ends.
    Close(Id),
}

impl Tree {
    /// A tree of nothing but the document.
    pub(super) fn new() -> Self {
        let mut tree = Tree { nodes: Vec::new() };
        tree.add(Kind::Document);
        tree
    }

    /// A new node without a parent.
    pub(super) fn add(&mut self, kind: Kind) -> Id {
        let id = self.nodes.len() as Id;
        self.nodes.push(Node { kind, parent: NONE, first: NONE, last: NONE, next: NONE, previous: NONE });
        id
    }

    /// How many nodes there are; their numbers are below.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What node `id` is.
    pub(super) fn kind(&self, id: Id) -> &Kind {
        &self.nodes[id as usize].kind
    }

    /// See [`Tree::kind`].
    pub(super) fn kind_mut(&mut self, id: Id) -> &mut Kind {
        &mut self.nodes[id as usize].kind
    }

    /// The node that `id` stands in, or [`NONE`].
    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes[id as usize].parent
    }

    /// The last node in `id`, or [`NONE`].
    pub(super) fn last(&self, id: Id) -> Id {
        self.nodes[id as usize].last
    }

    /// The node before `id`, or [`NONE`].
    pub(super) fn previous(&self, id: Id) -> Id {
        self.nodes[id as usize].previous
    }

    /// The name of an element; empty for any other node.
    pub(super) fn tag(&self, id: Id) -> &str {
        match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Element(name, _)) => name,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let Kind::Element(_, attributes) = self.kind(id) else { return None };
        attributes.iter().find(|(n, _)| &**n == name).map(|(_, v)| &**v)
    }

    /// Puts `child`, which has no parent, at the end of `parent`.
    pub(super) fn append(&mut self, parent: Id, child: Id) {
        let last = self.nodes[parent as usize].last;
        self.nodes[child as usize].parent = parent;
        self.nodes[child as usize].previous = last;
        self.nodes[parent as usize].last = child;
        match last {
            NONE => self.nodes[parent as usize].first = child,
            last => self.nodes[last as usize].next = child,
        }
    }

    /// Puts `child`, which has no parent, before `next`, which has one.
    pub(super) fn insert(&mut self, next: Id, child: Id) {
        let Node { parent, previous, .. } = self.nodes[next as usize];
        let node = &mut self.nodes[child as usize];
        (node.parent, node.previous, node.next) = (parent, previous, next);
        self.nodes[next as usize].previous = child;
        match previous {
            NONE => self.nodes[parent as usize].first = child,
            previous => self.nodes[previous as usize].next = child,
        }
    }

    /// Takes a node from its parent, if it has one.
    pub(super) fn detach(&mut self, id: Id) {
        let Node { parent, previous, next, .. } = self.nodes[id as usize];
        if parent == NONE {
            return;
        }
        match previous {
            NONE => self.nodes[parent as usize].first = next,
            previous => self.nodes[previous as usize].next = next,
        }
        match next {
            NONE => self.nodes[parent as usize].last = previous,
            next => self.nodes[next as usize].previous = previous,
        }
        let node = &mut self.nodes[id as usize];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// The nodes in `id`, in order.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let first = Some(self.nodes[id as usize].first).filter(|n| *n != NONE);
        std::iter::successors(first, |n| Some(self.nodes[*n as usize].next).filter(|n| *n != NONE))
    }

    /// The nodes that `id` stands in, the nearest first.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let up = |n: Id| Some(self.nodes[n as usize].parent).filter(|n| *n != NONE);
        std::iter::successors(up(id), move |n| up(*n))
    }

    /// True where `id` is `above` or stands in it.
    pub(super) fn within(&self, id: Id, above: Id) -> bool {
        id == above || self.ancestors(id).any(|a| a == above)
    }

    /// Walks through `root`, itself first and last.
    pub(super) fn walk(&self, root: Id) -> Walk<'_> {
        Walk { tree: self, root, next: Some(Step::Open(root)) }
    }

    /// The nodes of `root` in order, itself first.
    pub(super) fn nodes(&self, root: Id) -> impl Iterator<Item = Id> + '_ {
        self.walk(root).filter_map(|step| if let Step::Open(id) = step { Some(id) } else { None })
    }

    /// All the text in `root`.
    pub(super) fn text(&self, root: Id) -> String {
        let mut all = String::new();
        for id in self.nodes(root) {
            if let Kind::Text(text, _) = self.kind(id) {
                all.push_str(text);
            }
        }
        all
    }
}

/// A walk through a part of a tree; see [`Tree::walk`].
pub(super) struct Walk<'a> {
    tree: &'a Tree,
    root: Id,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Goes on behind the node that has just begun: neither what it holds nor its end is met.
    pub(super) fn pass_over(&mut self, id: Id) {
        self.next = self.behind(id);
    }

    fn behind(&self, id: Id) -> Option<Step> {
        if id == self.root {
            return None;
        }
        let node = &self.tree.nodes[id as usize];
        match node.next {
            NONE if node.parent == NONE => None,
            NONE => Some(Step::Close(node.parent)),
            next => Some(Step::Open(next)),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Open(id) => match &self.tree.nodes[id as usize] {
                Node { kind: Kind::Element(..) | Kind::Document, first: NONE, .. } => Some(Step::Close(id)),
                Node { kind: Kind::Element(..) | Kind::Document, first, .. } => Some(Step::Open(*first)),
                _ => self.behind(id),
            },
            Step::Close(id) => self.behind(id),
        };
        Some(step)
    }
}
