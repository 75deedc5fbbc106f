//! What a role comes for that no other journey walks: who watches, the public, a school, and anyone who changes the
//! language in the middle of a word.

pub(super) mod auditor;
pub(super) mod language;
pub(super) mod school;
pub(super) mod visitor;
