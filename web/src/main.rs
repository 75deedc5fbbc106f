//! The workspace in the browser, at `/app`: a typed client of the API and nothing more. What a person may do
//! comes from the domain's offers; no page asks for a role.

#![expect(unreachable_pub, reason = "the fields of components are public by their macro")]

mod account;
mod app;
mod application;
mod audit;
mod cycle;
mod export;
mod home;
mod lazy;
mod meeting;
mod message;
mod need;
mod need_list;
mod org;
mod policy;
mod profile;
mod question;
mod search;
mod session;
mod shell;
mod sign_off;
mod suggestion;
mod ui;
mod view;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
