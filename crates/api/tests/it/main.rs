//! The API through HTTP, by the client that web and command line use.

mod openapi;
mod register;
