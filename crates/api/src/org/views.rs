//! Organisations on the wire.

use ronghe_app::{Caller, Register};
use ronghe_contract::measure::LeadingGroupView;
use ronghe_contract::org::{GroupView, OrgRef, OrgView, ResponsibleFor};
use ronghe_domain::org::people::masked;
use ronghe_domain::org::{Contact, Group, OrgKind, Organisation, rules};

/// An organisation in short.
pub(crate) fn org_ref(org: &Organisation) -> OrgRef {
    OrgRef { slug: org.slug.clone(), name: org.name.clone(), name_en: org.name_en.clone(), kind: org.kind }
}

/// A group with its members today.
pub(crate) fn group_view(group: &Group, register: &Register) -> GroupView {
    GroupView {
        slug: group.slug.clone(),
        name: group.name.clone(),
        name_en: group.name_en.clone(),
        aliases: group.aliases.clone(),
        membership: group.members,
        members: register.directory.members(group.id, register.today).into_iter().map(org_ref).collect(),
    }
}

/// Who answers for an organisation, as the caller may see it.
fn contacts(caller: &Caller, org: &Organisation) -> Vec<Contact> {
    if !rules::sees_contacts(&caller.actor) {
        return Vec::new();
    }
    let whole = rules::sees_phones(&caller.actor, org);
    let shown = org.contacts.iter().cloned();
    shown
        .map(|contact| Contact {
            phone: if whole { contact.phone } else { masked(&contact.phone) },
            ..contact
        })
        .collect()
}

/// An organisation with the measures that name it.
pub(crate) fn view(caller: &Caller, org: &Organisation, register: &Register) -> OrgView {
    let responsible_for = register
        .policies
        .iter()
        .filter_map(|policy| Some((policy, Register::content(policy)?)))
        .flat_map(|(policy, content)| content.measures().map(move |measure| (policy, content, measure)))
        .filter_map(|(policy, content, measure)| {
            let part = register.part(measure, org.id)?;
            Some(ResponsibleFor {
                policy: policy.slug.clone(),
                doc_number: content.doc_number.clone(),
                seq: measure.seq,
                title: measure.title.clone(),
                through: part.through.and_then(|id| register.directory.group(id)).map(|g| g.name.clone()),
                first: part.first,
            })
        })
        .collect();
    OrgView {
        slug: org.slug.clone(),
        name: org.name.clone(),
        name_en: org.name_en.clone(),
        kind: org.kind,
        aliases: org.aliases.clone(),
        parent: org.parent.and_then(|id| register.directory.org(id)).map(org_ref),
        leading_group_seat: org.leading_group_seat,
        university: org.university.clone(),
        since: org.since.map(|day| day.to_string()),
        until: org.until.map(|day| day.to_string()),
        contacts: contacts(caller, org),
        sign_off: org.sign_off.clone(),
        version: org.version.to_string(),
        offers: rules::offers(&caller.actor, org, register.directory.superior(&caller.actor)),
        responsible_for,
    }
}

/// The leading group as measure (十一) sets it up.
pub(crate) fn leading_group(register: &Register) -> LeadingGroupView {
    let mut members: Vec<&Organisation> =
        register.directory.orgs.iter().filter(|org| org.leading_group_seat.is_some()).collect();
    members.sort_by_key(|org| org.leading_group_seat);
    let office = members.iter().find(|org| org.kind == OrgKind::Office && org.name == "高校联络服务处");
    LeadingGroupView {
        leader: "市教育局主要领导".to_owned(),
        deputies: "市教育局分管领导".to_owned(),
        office: office.map(|org| org_ref(org)),
        members: members.into_iter().map(org_ref).collect(),
    }
}
