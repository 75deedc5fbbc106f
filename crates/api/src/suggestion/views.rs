//! Suggestions on the wire.

use crate::org::views::org_ref;
use ronghe_app::Register;
use ronghe_app::suggestion as found;
use ronghe_contract::suggestion::{ListedRef, SuggestedNeed, SuggestedUniversity, UnansweredNeed};
use ronghe_domain::kernel::OrgId;
use ronghe_domain::need_list::document::Listed;
use ronghe_domain::suggestion::Affinity;
use ronghe_text::{Lang, affinity_share};

/// None where the university is not in the directory any more.
pub(super) fn university(
    lang: Lang,
    (org, affinity): (OrgId, Affinity),
    register: &Register,
) -> Option<SuggestedUniversity> {
    let university = org_ref(register.org(org)?);
    let words = words(lang, &affinity);
    Some(SuggestedUniversity { university, score: affinity.score, shares: affinity.shares, words })
}

pub(super) fn need(lang: Lang, (need, affinity): (Listed, Affinity)) -> SuggestedNeed {
    let words = words(lang, &affinity);
    SuggestedNeed { need: listed(need), score: affinity.score, shares: affinity.shares, words }
}

pub(super) fn unanswered(it: found::Unanswered, register: &Register) -> UnansweredNeed {
    let best = it.best.and_then(|(org, _)| register.org(org)).map(org_ref);
    UnansweredNeed {
        measures: it.need.measures.iter().map(|measure| measure.seq).collect(),
        need: listed(it.need),
        best,
        score: it.best.map_or(0, |(_, score)| score),
    }
}

fn words(lang: Lang, affinity: &Affinity) -> Vec<String> {
    affinity.shares.iter().map(|share| affinity_share(lang, share)).collect()
}

fn listed(need: Listed) -> ListedRef {
    ListedRef {
        name: need.need,
        number: need.number,
        title: need.title,
        title_en: need.title_en,
        unit: need.unit.name,
        unit_en: need.unit.name_en,
    }
}
