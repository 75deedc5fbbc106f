//! Chinese and English for every state, action, refusal, field and unit.
//!
//! One match per enum, so that a missing text does not compile.

mod account;
mod application;
mod audit;
pub mod csv;
mod cycle;
mod export;
mod field;
mod format;
mod marked;
mod meeting;
mod message;
mod need;
mod need_list;
mod org;
mod policy;
mod profile;
mod progress;
mod punctuation;
mod question;
mod role;
mod sign_off;
mod suggestion;
mod task;
mod view;

pub use account::{
    account_action, account_refusal, account_request_action, account_request_refusal, account_request_state,
    account_state, post_said,
};
pub use application::{
    ApplicationDone, application_action, application_done, application_field, application_refusal,
    application_section, application_state, application_turn, application_unlisted, budget_category,
    budget_source, condition_text, duty, eligibility_check, eligibility_finding, file_purpose, flaw,
    partner_kind, unit_stance,
};
pub use audit::{event_action, event_said, event_subject, event_value, fault};
pub use cycle::{
    about_rehearsals, cycle_action, cycle_end, cycle_leaves_out, cycle_part, cycle_refusal, cycle_then,
    cycle_year, deciding_body, dimension, phase, seat,
};
pub use export::{export_action, export_refusal, export_state};
pub use field::{cell_place, field_label, field_problem};
pub use format::{
    before_close, count, date, date_long, days_left, file_size, instant, measure_number, measure_numbers,
    measure_titled, ordinal, planned, section_number, yuan,
};
pub use marked::marked;
pub use meeting::{meeting_action, meeting_refusal, meeting_state, meeting_time};
pub use message::{
    keeping_refusal, lang_of, link_mail, link_mailed, mail_action, mail_bound, mail_example, mail_language,
    mail_refusal, mail_state, mail_subject, mail_trouble, message_kind, reminder_event, reminder_offset,
    reminder_readers, reminder_side, reminder_unit,
};
pub use need::{
    NeedDone, decline_reason, need_action, need_done, need_field, need_refusal, need_section, need_state,
    progress, ruling, stage, stance, turn,
};
pub use need_list::{
    list_action, list_answer, list_change, list_finding, list_refusal, list_state, list_then, list_title,
};
pub use org::{affiliation, mark, org_action, org_kind, org_refusal, outgoing, place, post, university_kind};
pub use policy::{
    form::form, policy_action, policy_refusal, policy_state, policy_status, unit_role, warning,
};
pub use profile::{discipline, discipline_group, profile_refusal};
pub use progress::{figure, whose};
pub use punctuation::{bracketed, colon, comma, semicolon};
pub use question::{
    asking_until, question_action, question_ground, question_refusal, question_state, question_then,
};
pub use role::{role, visitor};
pub use sign_off::{
    sign_off_action, sign_off_kind, sign_off_post, sign_off_refusal, sign_off_state, sign_off_when,
    summary_name, summary_state,
};
pub use suggestion::{affinity_part, affinity_share, suggestion_refusal};
pub use task::{needs_count, task_count, task_kind, task_of_list, task_soon, task_untitled};
pub use view::{filter_name, filter_value, view_action, view_filters, view_refusal, viewed_list};

use serde::{Deserialize, Serialize};

/// A language of the interface. Official texts are Chinese in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language tag for `lang` attributes and `Accept-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The best of the two for an `Accept-Language` header: the first of zh or en that it names.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .map(|part| part.trim().to_ascii_lowercase())
            .find_map(|part| {
                if part.starts_with("zh") {
                    Some(Self::Zh)
                } else if part.starts_with("en") {
                    Some(Self::En)
                } else {
                    None
                }
            })
            .unwrap_or_default()
    }

    /// Picks the text of this language.
    #[must_use]
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
