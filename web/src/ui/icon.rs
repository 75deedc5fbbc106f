//! Icons: one open stroke set, always with words.

use leptos::prelude::*;

/// An icon of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Search,
    Menu,
    Language,
    Help,
    Person,
    Home,
    Bell,
    Need,
    Application,
    Cycle,
    Policy,
    Admin,
    Organisations,
    Audit,
    SignOff,
    New,
}

/// Draws an icon; it says nothing to a screen reader, the words beside it do.
#[component]
pub fn Picture(icon: Icon) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{shape(icon)}</svg> }
}

fn shape(icon: Icon) -> AnyView {
    match icon {
        Icon::Search => view! { <path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/> }.into_any(),
        Icon::Menu => view! { <path d="M4 5h16"/><path d="M4 12h16"/><path d="M4 19h16"/> }.into_any(),
        Icon::Language => view! { <path d="m5 8 6 6"/><path d="m4 14 6-6 2-3"/><path d="M2 5h12"/><path d="M7 2h1"/><path d="m22 22-5-10-5 10"/><path d="M14 18h6"/> }.into_any(),
        Icon::Help => view! { <circle cx="12" cy="12" r="10"/><path d="M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3"/><path d="M12 17h.01"/> }.into_any(),
        Icon::Person => view! { <circle cx="12" cy="12" r="10"/><circle cx="12" cy="10" r="3"/><path d="M7 20.662V19a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v1.662"/> }.into_any(),
        Icon::Home => view! { <polyline points="22 12 16 12 14 15 10 15 8 12 2 12"/><path d="M5.45 5.11 2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11z"/> }.into_any(),
        Icon::Bell => view! { <path d="M10.268 21a2 2 0 0 0 3.464 0"/><path d="M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.410 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326"/> }.into_any(),
        Icon::Need => view! { <path d="M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7z"/><path d="M14 2v4a2 2 0 0 0 2 2h4"/><path d="M9 13h6"/><path d="M9 17h6"/> }.into_any(),
        Icon::Application => view! { <path d="M14.536 21.686a.5.5 0 0 0 .937-.024l6.5-19a.496.496 0 0 0-.635-.635l-19 6.5a.5.5 0 0 0-.024.937l7.930 3.180a2 2 0 0 1 1.112 1.110z"/><path d="m21.854 2.147-10.940 10.939"/> }.into_any(),
        Icon::Cycle => view! { <path d="M8 2v4"/><path d="M16 2v4"/><rect width="18" height="18" x="3" y="4" rx="2"/><path d="M3 10h18"/><path d="m9 16 2 2 4-4"/> }.into_any(),
        Icon::Policy => view! { <path d="M12 5v16"/><path d="M20.001 19A2 2 0 0022 17V5a2 2 0 00-1.999-2L16 3.002A5 5 0 0012 5a5 5 0 00-4-2H4a2 2 0 00-2 2v12a2 2 0 001.999 2H8a5 5 0 014 2 5 5 0 014-2z"/> }.into_any(),
        Icon::New => view! { <path d="M5 12h14"/><path d="M12 5v14"/> }.into_any(),
        Icon::SignOff => view! { <path d="M12 20h9"/><path d="M16.376 3.622a1 1 0 0 1 3.002 3.002L7.368 18.635a2 2 0 0 1-.855.506l-2.872.838a.5.5 0 0 1-.62-.62l.838-2.872a2 2 0 0 1 .506-.854z"/> }.into_any(),
        Icon::Admin => view! { <path d="M9.671 4.136a2.34 2.34 0 0 1 4.659 0 2.34 2.34 0 0 0 3.319 1.915 2.34 2.34 0 0 1 2.33 4.033 2.34 2.34 0 0 0 0 3.831 2.34 2.34 0 0 1-2.33 4.033 2.34 2.34 0 0 0-3.319 1.915 2.34 2.34 0 0 1-4.659 0 2.34 2.34 0 0 0-3.32-1.915 2.34 2.34 0 0 1-2.33-4.033 2.34 2.34 0 0 0 0-3.831A2.34 2.34 0 0 1 6.35 6.051a2.34 2.34 0 0 0 3.319-1.915"/><circle cx="12" cy="12" r="3"/> }.into_any(),
        Icon::Organisations => view! { <path d="M3 21h18"/><path d="M5 21V7l8-4v18"/><path d="M19 21V11l-6-4"/><path d="M9 9v.01"/><path d="M9 12v.01"/><path d="M9 15v.01"/><path d="M9 18v.01"/> }.into_any(),
        Icon::Audit => view! { <path d="M20 13c0 5-3.500 7.500-7.700 8.900a1 1 0 0 1-.6 0C7.500 20.500 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.500-1.200 6.200-2.700a1.200 1.200 0 0 1 1.600 0C14.500 3.800 17 5 19 5a1 1 0 0 1 1 1z"/><path d="m9 12 2 2 4-4"/> }.into_any(),
    }
}

/// The mark of the product: two circles of springs that meet in a leaf.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand__mark" viewBox="0 0 44 28" aria-hidden="true">
            <path class="leaf" d="M22 3.7a13 13 0 0 1 0 20.6 13 13 0 0 1 0-20.6z"/>
            <circle cx="14" cy="14" r="13"/>
            <circle cx="30" cy="14" r="13"/>
        </svg>
    }
}
