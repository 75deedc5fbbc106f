//! The OpenAPI document: every operation is described, and has a method of the client.

use ronghe_domain::attachment::MIB_MOST;
use ronghe_testkit::{sqlite, world};

#[tokio::test]
async fn every_operation_has_a_client_method() {
    let db = sqlite().await;
    let (_, document) = ronghe_api::router(world(&db).await);
    let json = serde_json::to_value(&document).unwrap();
    let sources = [
        "account",
        "application/mod",
        "audit",
        "cycle",
        "export/mod",
        "measure",
        "meeting/mod",
        "message",
        "need/district",
        "need/mod",
        "need_list/mod",
        "org",
        "policy",
        "question/mod",
        "profile/mod",
        "session",
        "sign_off/mod",
        "suggestion/mod",
        "task",
        "view",
    ]
    .map(|feature| {
        let path = format!("{}/../client/src/{feature}.rs", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    });
    let mut operations = 0;
    for (path, item) in json["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for operation in item.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            let method = format!("pub async fn {name}(");
            assert!(sources.iter().any(|source| source.contains(&method)), "{name} has no client method");
            assert!(operation["summary"].is_string(), "{name} says nothing of itself");
            operations += 1;
        }
    }
    assert_eq!(operations, 158);
}

#[tokio::test]
async fn the_largest_file_is_said_as_it_is() {
    let db = sqlite().await;
    let (_, document) = ronghe_api::router(world(&db).await);
    let json = serde_json::to_value(&document).unwrap();
    let said = &json["paths"]["/api/v1/needs/{name}/attachments"]["post"]["summary"];
    assert!(said.as_str().unwrap().contains(&format!("{MIB_MOST} MiB")), "{said}");
}
