//! What of each record stands in the audit chain. Secrets and long texts do not.

use ronghe_domain::account::{Account, Ask};
use ronghe_domain::application::Application;
use ronghe_domain::audit::Subject;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::message::mail::Mail;
use ronghe_domain::need::{Need, Opinion, Record, Verdict};
use ronghe_domain::need_list::{Edition, NeedList};
use ronghe_domain::org::people::masked;
use ronghe_domain::org::{Contact, Group, Organisation};
use ronghe_domain::policy::Policy;
use serde_json::{Value, json};

/// A record whose changes are events.
pub trait Audited {
    /// What kind of record it is.
    const SUBJECT: Subject;
    /// Its id.
    fn record(&self) -> String;
    /// What people call it: a slug or a login.
    fn name(&self) -> String;
    /// Its version; 1 where it has none.
    fn version(&self) -> i64;
    /// What an event shows of it.
    fn snapshot(&self) -> Value;
}

impl Audited for Policy {
    const SUBJECT: Subject = Subject::Policy;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.slug.clone()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    /// The draft is left out: it saves itself while it is typed, and is fixed by publication.
    fn snapshot(&self) -> Value {
        json!({
            "slug": self.slug,
            "state": self.state,
            "content": self.published.as_ref().map(|published| &published.content),
            "published_by": self.published.as_ref().map(|published| published.by),
            "renewals": self.renewals,
            "supersession": self.supersession,
        })
    }
}

impl Audited for Account {
    const SUBJECT: Subject = Subject::Account;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.login.clone()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        json!({
            "login": self.login,
            "name": self.name,
            "org": self.org,
            "roles": self.roles,
            "post": self.post,
            "state": self.state,
            "pending": self.pending.as_ref().map(|pending| json!({
                "ask": match &pending.ask {
                    Ask::Roles(roles) => json!(roles),
                    Ask::Reset => json!("reset"),
                    Ask::Post(asked) => json!({ "post": asked.post, "reason": asked.reason }),
                },
                "by": pending.by,
            })),
            "second_factor": self.second_factor,
        })
    }
}

impl Audited for Organisation {
    const SUBJECT: Subject = Subject::Organisation;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.slug.clone()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    /// The middle of telephone numbers is left out.
    fn snapshot(&self) -> Value {
        let hidden = |contact: &Contact| Contact { phone: masked(&contact.phone), ..contact.clone() };
        json!({
            "slug": self.slug,
            "kind": self.kind,
            "name": self.name,
            "name_en": self.name_en,
            "aliases": self.aliases,
            "parent": self.parent,
            "leading_group_seat": self.leading_group_seat,
            "since": self.since,
            "until": self.until,
            "university": self.university,
            "contacts": self.contacts.iter().map(hidden).collect::<Vec<_>>(),
            "sign_off": self.sign_off,
        })
    }
}

impl Audited for Group {
    const SUBJECT: Subject = Subject::Group;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.slug.clone()
    }

    fn version(&self) -> i64 {
        1
    }

    fn snapshot(&self) -> Value {
        json!({
            "slug": self.slug,
            "name": self.name,
            "aliases": self.aliases,
            "members": self.members,
        })
    }
}

impl Audited for Cycle {
    const SUBJECT: Subject = Subject::Cycle;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        Cycle::name(self)
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        let mut all = json!({
            "phase": self.phase,
            "content": self.content,
            "moves": self.moves,
            "extensions": self.extensions,
        });
        // Absent while there are none: so events of cycles from before there were any still hold.
        if let Some(all) = all.as_object_mut().filter(|_| !self.revisions.is_empty()) {
            all.insert("revisions".to_owned(), json!(self.revisions));
        }
        if let (Some(all), Some(rehearsal)) = (all.as_object_mut(), &self.rehearsal) {
            all.insert("rehearsal".to_owned(), json!(rehearsal));
        }
        all
    }
}

impl Audited for Need {
    const SUBJECT: Subject = Subject::Need;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        Need::name(self).to_string()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        filed(self.into())
    }
}

impl Audited for Record {
    const SUBJECT: Subject = Subject::Need;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        Record::name(self).to_string()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    fn snapshot(&self) -> Value {
        filed(self.clone())
    }
}

/// What is typed but not submitted is left out, and the middle of the telephone number.
fn filed(mut need: Record) -> Value {
    if let Some(content) = &mut need.content {
        content.contact.phone = masked(&content.contact.phone);
    }
    json!({
        "state": need.state,
        "unit": need.unit,
        "district": need.district,
        "content": need.content,
        "returned": need.returned,
        "submitted_at": need.submitted_at,
        "forwarded_at": need.forwarded_at,
    })
}

impl Audited for Application {
    const SUBJECT: Subject = Subject::Application;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        Application::name(self).to_string()
    }

    fn version(&self) -> i64 {
        self.version.0
    }

    /// What is typed but not submitted is left out, who has which part in it, and the middle of the telephone number: all
    /// who see the application read its events, and who writes it is its university's own.
    fn snapshot(&self) -> Value {
        let mut content = self.content.clone();
        if let Some(content) = &mut content {
            content.person.phone = masked(&content.person.phone);
        }
        json!({
            "state": self.state,
            "need": self.need,
            "university": self.university,
            "content": content,
            "returned": self.returned,
            "submissions": self.submissions,
            "submitted_at": self.submitted_at,
            "opened_at": self.opened_at,
            "accepted_at": self.accepted_at,
        })
    }
}

/// A verdict with the number of its need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ruled<'a> {
    pub verdict: &'a Verdict,
    pub number: &'a str,
}

impl Audited for Ruled<'_> {
    const SUBJECT: Subject = Subject::Verdict;

    /// A need has one verdict.
    fn record(&self) -> String {
        self.verdict.need.to_string()
    }

    fn name(&self) -> String {
        self.number.to_owned()
    }

    fn version(&self) -> i64 {
        self.verdict.version.0
    }

    fn snapshot(&self) -> Value {
        json!({ "outcome": self.verdict.outcome, "remark": self.verdict.remark })
    }
}

/// An opinion with the number of its need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thought<'a> {
    pub opinion: &'a Opinion,
    pub number: &'a str,
}

impl Audited for Thought<'_> {
    const SUBJECT: Subject = Subject::Opinion;

    /// A need has one of each office.
    fn record(&self) -> String {
        format!("{}/{}", self.opinion.need, self.opinion.office)
    }

    fn name(&self) -> String {
        self.number.to_owned()
    }

    fn version(&self) -> i64 {
        self.opinion.version.0
    }

    fn snapshot(&self) -> Value {
        json!({
            "office": self.opinion.office,
            "due": self.opinion.due,
            "reminded_at": self.opinion.reminded_at,
            "said": self.opinion.said,
        })
    }
}

/// A version of a need list with the name of its cycle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edited<'a> {
    pub list: &'a NeedList,
    pub cycle: &'a str,
}

impl Audited for Edited<'_> {
    const SUBJECT: Subject = Subject::NeedList;

    fn record(&self) -> String {
        self.list.id.to_string()
    }

    fn name(&self) -> String {
        format!("{}/{}", self.cycle, Edition(self.list.no))
    }

    fn version(&self) -> i64 {
        self.list.version.0
    }

    /// The document itself is left out: its hash stands in the proposal.
    fn snapshot(&self) -> Value {
        let mut shown = json!({
            "no": self.list.no,
            "state": self.list.state,
            "entries": self.list.entries,
            "changes": self.list.changes,
            "reason": self.list.reason,
            "last_seq": self.list.last_seq,
            "steps": self.list.steps,
            "marks": self.list.marks,
            "proposal": self.list.proposal,
            "published": self.list.published,
        });
        // Versions from before these were kept have none, and stand as their events say.
        if let Some(fields) = shown.as_object_mut() {
            if !self.list.composers.is_empty() {
                fields.insert("composers".to_owned(), json!(self.list.composers));
            }
            if let Some(minutes) = &self.list.minutes {
                fields.insert("minutes".to_owned(), json!(minutes));
            }
        }
        shown
    }
}

/// Mail stands outside the chain, but who sends it anew does not.
impl Audited for Mail {
    const SUBJECT: Subject = Subject::Mail;

    fn record(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.id.to_string()
    }

    fn version(&self) -> i64 {
        1
    }

    fn snapshot(&self) -> Value {
        json!({ "account": self.account, "about": self.about, "record": self.record })
    }
}

/// A table that is taken in or out, such as that of needs. It is no record: its rows are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table(pub &'static str);

impl Audited for Table {
    const SUBJECT: Subject = Subject::Table;

    fn record(&self) -> String {
        self.0.to_owned()
    }

    fn name(&self) -> String {
        self.0.to_owned()
    }

    fn version(&self) -> i64 {
        1
    }

    fn snapshot(&self) -> Value {
        json!({})
    }
}
