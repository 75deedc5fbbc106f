//! Flags, environment, `config.toml`: which goes before which.

use crate::run::Person;

/// Nobody listens at any of these, so the error names the one that was asked.
fn server_of(person: &Person, words: &[&str]) -> String {
    let mut all = vec!["policy", "list"];
    all.extend(words);
    let ran = person.run(&all);
    assert_eq!(ran.code, 3, "{ran:?}");
    ran.err.lines().next().unwrap().rsplit(' ').next().unwrap().to_owned()
}

const CONFIG: &str =
    "server = \"http://127.0.0.1:2\"\nlang = \"en\"\n\n[profile.test]\nserver = \"http://127.0.0.1:3\"\n";

#[test]
fn the_nearest_setting_holds() {
    let person = Person::new();
    person.file("ronghe/config.toml", CONFIG.as_bytes());
    assert_eq!(server_of(&person, &[]), "http://127.0.0.1:2");
    assert_eq!(server_of(&person, &["--profile", "test"]), "http://127.0.0.1:3");
    assert_eq!(server_of(&person, &["--server", "http://127.0.0.1:5"]), "http://127.0.0.1:5");
    let person = Person::new().with("RONGHE_SERVER", "http://127.0.0.1:4");
    person.file("ronghe/config.toml", CONFIG.as_bytes());
    assert_eq!(server_of(&person, &[]), "http://127.0.0.1:4");
    assert_eq!(server_of(&person, &["--profile", "test"]), "http://127.0.0.1:4");
}

#[test]
fn the_language_follows_flag_configuration_environment() {
    let check = |person: &Person, words: &[&str], wanted: &str| {
        let ran = person.run(&[&["policy", "parse", "nowhere"], words].concat());
        assert!(ran.err.starts_with(wanted), "{words:?} {ran:?}");
    };
    check(&Person::new(), &[], "error: 读不了");
    check(&Person::new().with("LANG", "en_GB.UTF-8"), &[], "error: cannot read");
    check(&Person::new().with("LANG", "en_GB.UTF-8").with("LC_ALL", "zh_CN.UTF-8"), &[], "error: 读不了");
    check(&Person::new().with("LANG", "en_GB.UTF-8"), &["--lang", "zh"], "error: 读不了");
    let person = Person::new().with("LANG", "zh_CN.UTF-8");
    person.file("ronghe/config.toml", CONFIG.as_bytes());
    check(&person, &[], "error: cannot read");
    check(&person, &["--lang", "zh"], "error: 读不了");
}

#[test]
fn a_broken_file_is_named_and_does_not_hinder_what_works_offline() {
    let person = Person::new();
    let path = person.file("ronghe/config.toml", b"sever = \"x\"\n");
    let ran = person.run(&["policy", "list"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains(path.to_str().unwrap()) && ran.err.contains("sever"), "{ran:?}");
    assert_eq!(person.run_with(&["policy", "parse", "-"], "一".as_bytes()).code, 0);
    let ran = Person::new().run(&["policy", "list", "--profile", "none"]);
    assert_eq!((ran.code, ran.err.lines().next()), (2, Some("error: config.toml 里没有 [profile.none]")));
}

#[test]
fn colours_stand_only_where_they_are_wanted() {
    let red = |person: &Person, words: &[&str]| {
        let ran = person.run(&[&["policy", "parse", "nowhere"], words].concat());
        ran.err.contains('\u{1b}')
    };
    assert!(!red(&Person::new(), &[]), "standard error is no terminal");
    assert!(red(&Person::new(), &["--color", "always"]));
    assert!(!red(&Person::new().with("NO_COLOR", "1"), &[]));
}
