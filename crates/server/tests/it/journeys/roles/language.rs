//! Another language draws the page anew: what was typed stays.

use super::super::driver::Person;

/// Changes the language and changes it back; each time the page says `shown` in it.
pub(in super::super) async fn there_and_back(person: &Person, shown: (&str, &str)) {
    for english in [!person.english, person.english] {
        let (menu, language, words) =
            if english { ("菜单", "English", shown.1) } else { ("Menu", "中文", shown.0) };
        if person.narrow {
            person.click(menu).await;
        }
        person.click(language).await;
        person.see(words).await;
    }
}
