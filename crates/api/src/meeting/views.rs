//! Meetings on the wire.

use crate::org::views::org_ref;
use ronghe_app::Register;
use ronghe_app::meeting::{Calendar, Shown};
use ronghe_contract::meeting::{MeetingView, MeetingsView};
use ronghe_contract::org::OrgRef;
use ronghe_domain::kernel::RefusalKind;
use ronghe_domain::org::OrgKind;

/// A meeting.
pub(super) fn view(shown: &Shown, register: &Register) -> MeetingView {
    let (meeting, content) = (&shown.meeting, &shown.meeting.content);
    // The database does not let an organisation go that something names.
    let nobody =
        || OrgRef { slug: String::new(), name: "—".into(), name_en: "—".into(), kind: OrgKind::Bureau };
    MeetingView {
        name: shown.name.to_string(),
        no: meeting.no,
        need: shown.name.need.to_string(),
        title: shown.title.clone(),
        state: meeting.state(),
        start: content.start,
        finish: content.finish,
        place: content.place.clone(),
        link: content.link.clone(),
        audience: content.audience.clone(),
        remark: content.remark.clone(),
        org: register.org(meeting.org).map_or_else(nobody, org_ref),
        called_off: meeting.called_off.as_ref().map(|off| off.reason.clone()),
        offers: shown.offers.clone(),
        version: meeting.version.to_string(),
        ahead: shown.cycle.clock().ahead(),
    }
}

/// The meetings on a need.
pub(super) fn all(calendar: &Calendar, register: &Register) -> MeetingsView {
    MeetingsView {
        items: calendar.meetings.iter().map(|shown| view(shown, register)).collect(),
        can_add: calendar.adding.is_ok(),
        barred: calendar.adding.err().filter(|refusal| refusal.kind() == RefusalKind::NotNow),
    }
}
