//! Reading the register.

use ronghe_app::policy::Source;
use ronghe_client::{Error, ListMeasures, ListOrganisations, ListPolicies};
use ronghe_domain::policy::rules::Status;
use ronghe_testkit::TestApp;

#[tokio::test]
async fn the_notice_stands_in_the_register() {
    let test = TestApp::start().await;
    let page = test.client.list_policies(&ListPolicies::default()).await.unwrap();
    assert_eq!(page.total, 1);
    let row = &page.items[0];
    assert_eq!(row.doc_number.as_deref(), Some("济教发〔2023〕24号"));
    assert_eq!((row.status, row.measures), (Some(Status::InForce), 12));
    let view = test.client.show_policy(&row.slug).await.unwrap();
    let content = view.content.unwrap();
    assert_eq!(content.sections.len(), 5);
    assert_eq!(
        (content.issue_date.as_str(), content.last_day.as_deref()),
        ("2023-12-26", Some("2024-12-25"))
    );
    assert_eq!(view.renewals.len(), 1);
    assert!(view.offers.is_empty(), "a visitor is offered nothing");
    assert!(view.import.is_none());
}

#[tokio::test]
async fn measures_are_found_by_office_and_words() {
    let test = TestApp::start().await;
    let check = async |office: &str, words: &str, expected: &[u32]| {
        let query = ListMeasures { office: office.into(), q: words.into(), ..ListMeasures::default() };
        let page = test.client.list_measures(&query).await.unwrap();
        assert_eq!(page.items.iter().map(|row| row.seq).collect::<Vec<_>>(), expected, "{office} {words}");
    };
    check("", "", &(1..=12).collect::<Vec<_>>()).await;
    check("sport-health-arts", "", &[2, 6, 11]).await;
    check("lixia", "", &(1..=10).collect::<Vec<_>>()).await;
    check("secretariat", "", &[11]).await;
    check("audio-visual", "", &[2, 11]).await;
    check("", "心理", &[4, 9]).await;
}

#[tokio::test]
async fn a_measure_names_its_units_in_order_and_its_forms() {
    let test = TestApp::start().await;
    let measure = test.client.show_measure("jinan-2023-24", 6).await.unwrap();
    let names: Vec<_> = measure.units.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(
        names,
        ["政策法规处", "体卫艺处", "基础教育处", "职业与高等教育处", "国际交流与合作处", "各区县教体局"]
    );
    assert_eq!(measure.units[1].org.as_ref().unwrap().name, "体育卫生与艺术教育处");
    assert_eq!(measure.units[5].group.as_ref().unwrap().members.len(), 15);
    assert_eq!(measure.forms.len(), 8);
}

#[tokio::test]
async fn the_matrix_and_the_leading_group_are_whole() {
    let test = TestApp::start().await;
    let matrix = test.client.show_matrix("jinan-2023-24").await.unwrap();
    assert_eq!(matrix.measures.len(), 12);
    let basic = matrix.offices.iter().find(|row| row.office.slug == "basic-education").unwrap();
    let firsts: Vec<_> =
        basic.cells.iter().filter(|cell| cell.first && cell.through.is_none()).map(|c| c.seq).collect();
    assert_eq!(firsts, [1, 2, 7, 8]);
    let group = test.client.show_leading_group().await.unwrap();
    assert_eq!(group.members.len(), 16);
    assert_eq!(group.members[0].name, "办公室");
    assert_eq!(group.office.unwrap().slug, "university-liaison");
}

#[tokio::test]
async fn organisations_are_listed_by_kind_and_words() {
    let test = TestApp::start().await;
    let list = async |kind: &str, words: &str| {
        let query = ListOrganisations { kind: kind.into(), q: words.into(), ..ListOrganisations::default() };
        test.client.list_organisations(&query).await
    };
    assert_eq!(list("district", "").await.unwrap().total, 15);
    assert_eq!(list("office,institution", "体卫艺").await.unwrap().items[0].slug, "sport-health-arts");
    let Err(Error::Problem(problem)) = list("ministry", "").await else {
        panic!("an unknown kind is refused")
    };
    assert_eq!((problem.status, problem.fields[0].label.as_str()), (422, "类别"));
    assert_eq!(test.client.list_groups().await.unwrap().len(), 7);
}

#[tokio::test]
async fn unknown_and_hidden_look_the_same() {
    let test = TestApp::start().await;
    let lead = test.person("zhangmin").await;
    let text = "某某局关于某事的通知\n一、做事。认真做。（责任单位：基础教育处）".to_owned();
    let input = ronghe_app::policy::Import { slug: Some("hidden-draft".into()), source: Source::Text(text) };
    ronghe_app::policy::import(&test.app, &lead, input).await.unwrap();
    let problem = async |slug: &str| match test.client.show_policy(slug).await {
        Err(Error::Problem(problem)) => *problem,
        other => panic!("{other:?}"),
    };
    let (hidden, unknown) = (problem("hidden-draft").await, problem("no-such-thing").await);
    assert_eq!(hidden.status, 404);
    assert_eq!(hidden, unknown);
    let english = test.client.clone().with_lang(ronghe_text::Lang::En).show_policy("no-such-thing").await;
    let Err(Error::Problem(english)) = english else { panic!("{english:?}") };
    assert_eq!(english.title, "There is nothing here");
}
