//! Profiles of universities.

use crate::Lang;
use ronghe_domain::profile::Refusal;
use ronghe_domain::profile::discipline::{Group, named};

/// Why it is refused.
#[must_use]
pub const fn profile_refusal(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotItsPeople => lang.pick(
            "由本校申报人员和系统管理员填写",
            "The university's own people write it, and system administrators",
        ),
    }
}

/// A field of the standard of disciplines.
#[must_use]
pub const fn discipline_group(lang: Lang, group: Group) -> &'static str {
    match group {
        Group::NaturalSciences => lang.pick("自然科学", "Natural sciences"),
        Group::Agriculture => lang.pick("农业科学", "Agriculture"),
        Group::Medicine => lang.pick("医药科学", "Medicine"),
        Group::Engineering => lang.pick("工程与技术科学", "Engineering and technology"),
        Group::Humanities => lang.pick("人文与社会科学", "Humanities and social sciences"),
    }
}

/// The discipline of a code by its name; the code itself where the standard has none.
#[must_use]
pub fn discipline(lang: Lang, code: &str) -> &str {
    named(code).map_or(code, |it| lang.pick(it.name, it.name_en))
}

#[cfg(test)]
mod tests {
    use super::{Lang, discipline};

    #[test]
    fn disciplines_are_called_by_their_names() {
        assert_eq!(discipline(Lang::Zh, "880.47"), "学前教育学");
        assert_eq!(discipline(Lang::En, "880.47"), "Preschool education");
        assert_eq!(discipline(Lang::Zh, "999"), "999");
    }
}
