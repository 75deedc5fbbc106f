//! The suffix automaton of a text: walked along another, it says at each place how much of what was read
//! last stands in the text, and where first (Blumer et al. 1985). Built in time linear in the text, but for
//! the search among the transitions of one state.

/// The state of the empty text.
const ROOT: usize = 0;

#[derive(Clone, Debug, Default)]
struct State {
    /// Length of the longest text that leads here.
    length: usize,
    /// The state of its longest end that stands in other places too.
    link: Option<usize>,
    /// Where it ends first.
    end: usize,
    /// By symbol, in order.
    next: Vec<(u32, usize)>,
}

impl State {
    fn go(&self, symbol: u32) -> Option<usize> {
        let at = self.next.binary_search_by_key(&symbol, |(known, _)| *known).ok()?;
        self.next.get(at).map(|(_, to)| *to)
    }

    fn set(&mut self, symbol: u32, to: usize) {
        match self.next.binary_search_by_key(&symbol, |(known, _)| *known) {
            Ok(at) => {
                if let Some(slot) = self.next.get_mut(at) {
                    slot.1 = to;
                }
            }
            Err(at) => self.next.insert(at, (symbol, to)),
        }
    }
}

/// What was read last, as far as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// So many symbols.
    pub(super) length: usize,
    /// Behind the last of them in the text, where they stand first.
    pub(super) end: usize,
}

/// A text, ready to be looked through.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    states: Vec<State>,
}

impl Automaton {
    /// The automaton of `text`.
    pub(super) fn of(text: impl Iterator<Item = u32>) -> Self {
        let mut automaton = Self { states: vec![State::default()] };
        let mut last = ROOT;
        for (symbol, end) in text.zip(1..) {
            last = automaton.extend(last, symbol, end);
        }
        automaton
    }

    /// Walks along `other`: for each of its symbols what ends there.
    pub(super) fn walk(&self, other: impl Iterator<Item = u32>) -> impl Iterator<Item = Found> {
        let (mut at, mut length) = (ROOT, 0);
        other.map(move |symbol| {
            while let Some(state) = self.states.get(at) {
                if let Some(to) = state.go(symbol) {
                    (at, length) = (to, length + 1);
                    break;
                }
                let Some(link) = state.link else {
                    length = 0;
                    break;
                };
                (at, length) = (link, self.states.get(link).map_or(0, |state| state.length));
            }
            Found { length, end: self.states.get(at).map_or(0, |state| state.end) }
        })
    }

    /// Adds a symbol behind the text that `last` stands for; gives the state of the whole.
    fn extend(&mut self, last: usize, symbol: u32, end: usize) -> usize {
        let new = self.add(State { length: end, link: Some(ROOT), end, next: Vec::new() });
        let mut from = Some(last);
        while let Some(at) = from {
            if let Some(to) = self.states.get(at).and_then(|state| state.go(symbol)) {
                let link = self.split(at, symbol, to);
                if let Some(state) = self.states.get_mut(new) {
                    state.link = Some(link);
                }
                break;
            }
            from = self.states.get_mut(at).and_then(|state| {
                state.set(symbol, new);
                state.link
            });
        }
        new
    }

    /// The state of exactly what `from` and `symbol` make: `to` itself, or a copy of it that stands for less.
    fn split(&mut self, from: usize, symbol: u32, to: usize) -> usize {
        let length = self.states.get(from).map_or(0, |state| state.length) + 1;
        let Some(whole) = self.states.get(to) else { return ROOT };
        if whole.length == length {
            return to;
        }
        let copy = State { length, ..whole.clone() };
        let copy = self.add(copy);
        if let Some(whole) = self.states.get_mut(to) {
            whole.link = Some(copy);
        }
        let mut at = Some(from);
        while let Some(state) = at.and_then(|at| self.states.get_mut(at)) {
            if state.go(symbol) != Some(to) {
                break;
            }
            state.set(symbol, copy);
            at = state.link;
        }
        copy
    }

    fn add(&mut self, state: State) -> usize {
        self.states.push(state);
        self.states.len() - 1
    }
}
