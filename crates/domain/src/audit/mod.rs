//! The audit chain: every change, decision and refusal as an event that names the one before it.
//!
//! An event is written in canonical JSON (RFC 8785) and hashed by SHA-256; its hash is the `prev` of the
//! next one. `after` is the salted hash of the record's state, `detail` that of the words beside the
//! event, which can be erased without breaking the chain.

pub mod failure;

use crate::kernel::{AccountId, AttachmentId, Instant, OrgId, Role};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use crate::kernel::hex;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AuditAction))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A record was made.
    Create,
    /// A record was changed.
    Change,
    /// A document was imported, or a table of records.
    Import,
    /// A table of records was taken out.
    Export,
    /// A document was corrected.
    Correct,
    Publish,
    Discard,
    Renew,
    Supersede,
    Invite,
    Reset,
    Disable,
    Enable,
    Grant,
    /// 变更职务.
    SetPost,
    Confirm,
    Reject,
    SignIn,
    SignOut,
    /// A person set a password.
    SetPassword,
    /// A second factor was switched on.
    SecondFactorOn,
    /// A second factor was switched off.
    SecondFactorOff,
    /// A session was ended from the list.
    EndSession,
    MakeToken,
    EndToken,
    /// 提交.
    Submit,
    /// 审核报送.
    Forward,
    /// 退回.
    Return,
    /// 撤回.
    Withdraw,
    /// Someone read whole what is masked, for a reason.
    Reveal,
    /// A need went into 遴选 with its cycle.
    Screen,
    /// A need came out of 遴选 with its cycle.
    Unscreen,
    /// 列入: what is meant, until the list is published.
    Enlist,
    /// 不列入, likewise.
    Decline,
    /// 合并, likewise.
    Merge,
    /// 撤销: what was meant is open again.
    Reopen,
    /// 启封: the window of 高校申报 has closed.
    Unseal,
    /// 受理.
    Accept,
    /// 组成: a need list, from the verdicts.
    Compose,
    /// 提请审定.
    Propose,
    /// 同意.
    Approve,
    /// 登记会议决定: what a body has decided.
    Minute,
    /// What was approved or signed is void: what it stands on has changed.
    Void,
    /// A need stands on the published list.
    List,
    /// The published list does not hold a need.
    LeaveOut,
    /// Another need on the published list takes one up.
    TakeUp,
    /// No university has applied for a need when the seals are opened.
    LeaveOpen,
    /// A need is carried into the next cycle.
    Carry,
    /// 征求意见 of an office on a need; 提请签发; 提问.
    Ask,
    /// 答复.
    Answer,
    /// 撤下: a question.
    TakeBack,
    /// 取消: a meeting.
    CallOff,
    /// 签发: a step is signed.
    Sign,
    /// 零报告: a district has nothing.
    Report,
    /// An office gave its opinion on a need; a unit gave its own on an application.
    Opine,
    /// 催办.
    Remind,
    /// 开始征集.
    Open,
    /// A cycle went into its next phase.
    Advance,
    /// An end was set later.
    Extend,
    /// A cycle went back.
    Back,
    /// A part of a cycle was changed: its plan, its budget, its rules.
    Revise,
    /// The clock of a rehearsal was set.
    SetClock,
    /// A rehearsal was ended.
    Finish,
    /// A mail is sent anew.
    Resend,
    /// The words that came with the system are taken again.
    Revert,
    /// What nobody needs any more is taken away.
    Delete,
    /// The failures of an hour at the door, by kind.
    CountFailures,
    /// The first administrator was made from the server's console.
    Bootstrap,
    /// What lies sealed went over to another key of the server.
    RotateKey,
    /// 恢复: the database came back from a backup, without what happened after it.
    Restore,
}

/// What kind of record it was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Organisation,
    /// What a university says of itself.
    Profile,
    Group,
    Account,
    /// 开户申请: what it is wanted for is no part of it.
    AccountRequest,
    Session,
    Token,
    Policy,
    Cycle,
    Need,
    /// What the lead office means to do with a need: apart from the need, whose time line others read.
    Verdict,
    /// What an office thinks of a need: apart from it, likewise.
    Opinion,
    /// A version of the need list.
    NeedList,
    /// A question on a listed need. Who asked is no part of its events.
    Question,
    /// A meeting on a listed need.
    Meeting,
    /// Whose hands a kind of document passes through in an organisation.
    Chain,
    /// A round of sign-off.
    SignOff,
    /// The order in which a district puts its needs.
    Ranking,
    /// 汇总表.
    Summary,
    /// 盖章页: a sealed scan.
    Seal,
    /// Copies on paper.
    Paper,
    /// An application, once its seal is opened.
    Application,
    /// What the unit of its need thinks of an application: apart from it, whose time line its university reads.
    UnitOpinion,
    Mail,
    /// A row by which people are reminded.
    Reminder,
    /// The words of a kind of mail.
    Template,
    /// Filters of a list under a name.
    View,
    /// A list that somebody takes out in the background.
    Export,
    /// A table of records, taken in or out: what stands in it has events of its own.
    Table,
    /// The door: attempts of nobody who is known.
    Door,
    /// The key under which the server seals.
    Key,
    /// A backup of the whole database.
    Backup,
}

/// By which door it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The workspace in a browser.
    Web,
    /// The API with a token.
    Token,
    /// The server's own console.
    Console,
    /// The system's jobs.
    System,
}

impl Via {
    /// As it stands in the chain.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Token => "token",
            Self::Console => "console",
            Self::System => "system",
        }
    }
}

/// One link of the chain. Field names are part of what is hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Version of this form.
    pub v: u8,
    /// The hash used.
    pub alg: String,
    /// Counted from 1 without gaps.
    pub seq: i64,
    pub at: Instant,
    pub actor: Option<AccountId>,
    pub roles: Vec<Role>,
    pub org: Option<OrgId>,
    pub via: Via,
    /// The request's id.
    pub request: String,
    pub address: String,
    pub action: Action,
    pub subject: Subject,
    /// The record's id.
    pub record: String,
    /// The record's version after the change.
    pub version: i64,
    /// It was refused: nothing changed.
    pub refused: bool,
    /// Salted hash of the record after the change, hexadecimal; empty for a refusal.
    pub after: String,
    /// Salted hash of the words beside the event, hexadecimal.
    pub detail: String,
    /// Hash of the event before; 64 zeros for the first.
    pub prev: String,
}

/// What stands before the first event.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl Event {
    /// Form and hash in use.
    pub const VERSION: u8 = 1;
    /// The name of the hash.
    pub const ALG: &'static str = "sha-256";

    /// The event's hash, hexadecimal.
    ///
    /// # Errors
    /// Where it cannot be written in canonical JSON, which none of its fields can bring about.
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        Ok(hex(&Sha256::digest(serde_jcs::to_vec(self)?)))
    }
}

/// Hash of `salt` and the canonical JSON of `value`, hexadecimal.
///
/// # Errors
/// Where `value` cannot be written in JSON.
pub fn salted<T: Serialize>(salt: &str, value: &T) -> Result<String, serde_json::Error> {
    let mut hasher = Sha256::new();
    hasher.update(salt.as_bytes());
    hasher.update([0]);
    hasher.update(serde_jcs::to_vec(value)?);
    Ok(hex(&hasher.finalize()))
}

/// A place where the chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The sequence jumps.
    Gap { expected: i64, found: i64 },
    /// `prev` is not the hash of the event before.
    Broken { seq: i64 },
    /// The stored hash is not that of the event.
    Altered { seq: i64 },
    /// Time runs back.
    Time { seq: i64 },
    /// The words beside the event are not those that were hashed.
    Detail { seq: i64 },
    /// The chain ends before its head.
    Truncated { head: i64, found: i64 },
    /// The content of a file is gone, or is not what was kept.
    File { name: String, hash: String },
    /// The same of a file that lies under seal: neither its name nor its hash is said.
    SealedFile { id: AttachmentId },
    /// A record does not stand as its last event says.
    Record { seq: i64, subject: Subject, record: String },
}

/// Walks a chain event by event.
#[derive(Clone, Debug)]
pub struct Walk {
    next: i64,
    prev: String,
    at: Instant,
    /// What was found so far.
    pub faults: Vec<Fault>,
}

impl Default for Walk {
    fn default() -> Self {
        Self { next: 1, prev: GENESIS.to_owned(), at: Instant::MIN, faults: Vec::new() }
    }
}

impl Walk {
    /// Looks at the next event with the hash stored beside it.
    pub fn step(&mut self, event: &Event, stored: &str) {
        if event.seq != self.next {
            self.faults.push(Fault::Gap { expected: self.next, found: event.seq });
        } else if event.prev != self.prev {
            self.faults.push(Fault::Broken { seq: event.seq });
        }
        if event.hash().ok().as_deref() != Some(stored) {
            self.faults.push(Fault::Altered { seq: event.seq });
        }
        if event.at < self.at {
            self.faults.push(Fault::Time { seq: event.seq });
        }
        self.next = event.seq + 1;
        stored.clone_into(&mut self.prev);
        self.at = event.at;
    }

    /// Goes over an event that can no longer be read, with the number and the hash stored beside it.
    pub fn pass(&mut self, seq: i64, stored: &str) {
        self.faults.push(Fault::Altered { seq });
        self.next = seq + 1;
        stored.clone_into(&mut self.prev);
    }

    /// Compares the end with the head kept apart.
    pub fn finish(&mut self, head_seq: i64, head_hash: &str) {
        if self.next - 1 != head_seq || self.prev != head_hash {
            self.faults.push(Fault::Truncated { head: head_seq, found: self.next - 1 });
        }
    }
}

#[cfg(test)]
mod tests;
