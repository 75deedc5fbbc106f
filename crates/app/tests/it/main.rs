//! Use cases on real databases: who may, what is kept, what is chained.

mod policy;
