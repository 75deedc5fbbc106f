//! The database's schema, step by step; forward only. A released step is never changed.

mod m20261125_000001_org_tables;
mod m20261125_000002_account_tables;
mod m20261125_000003_policy_table;
mod m20261125_000004_audit_chain;
mod m20261125_000005_idempotency;
mod m20261125_000006_setting;
mod m20261125_000007_org_people;
mod m20261126_000008_cycle;
mod m20261126_000009_need;
mod m20261126_000010_attachment;
mod m20261126_000011_message;
mod m20261126_000012_need_list;
mod m20261126_000013_mail;
mod m20261126_000014_need_row;
mod m20261126_000015_need_gram;
mod m20261126_000016_password_set;
mod m20261126_000017_failure;
mod m20261126_000018_chain_check;
mod m20261126_000019_need_verdict;
mod m20261126_000020_need_opinion;
mod m20261126_000021_cycle_revisions;
mod m20261126_000022_need_list;
mod m20261126_000023_need_list_parts;
mod m20261126_000024_sign_off;
mod m20261126_000025_district;
mod m20261126_000026_seal;
mod m20261126_000028_application;
mod m20261126_000032_rehearsal;
mod m20261126_000033_need_writer;
mod m20261127_000037_sealed_sign_off;
mod m20261127_000039_question;
mod m20261127_000042_university_profile;
mod m20261127_000044_reminder;
mod m20261127_000045_mail_choice;
mod m20261127_000046_mail_template;
mod m20261127_000047_view;
mod m20261128_000038_account_request;
mod m20261128_000040_unit_opinion;
mod m20261128_000041_meeting;
mod m20261128_000049_answers_due;
mod m20261128_000050_list_composers;
mod m20261128_000051_list_minutes;
mod m20261128_000057_need_carried;
mod m20261128_000060_export;
mod m20261128_000061_export_words;
mod m20261128_000070_sealed_phones;
mod m20261128_000071_another_key;
mod triggers;

use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

/// All steps in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261125_000001_org_tables::Migration),
            Box::new(m20261125_000002_account_tables::Migration),
            Box::new(m20261125_000003_policy_table::Migration),
            Box::new(m20261125_000004_audit_chain::Migration),
            Box::new(m20261125_000005_idempotency::Migration),
            Box::new(m20261125_000006_setting::Migration),
            Box::new(m20261125_000007_org_people::Migration),
            Box::new(m20261126_000008_cycle::Migration),
            Box::new(m20261126_000009_need::Migration),
            Box::new(m20261126_000010_attachment::Migration),
            Box::new(m20261126_000011_message::Migration),
            Box::new(m20261126_000012_need_list::Migration),
            Box::new(m20261126_000013_mail::Migration),
            Box::new(m20261126_000014_need_row::Migration),
            Box::new(m20261126_000015_need_gram::Migration),
            Box::new(m20261126_000016_password_set::Migration),
            Box::new(m20261126_000017_failure::Migration),
            Box::new(m20261126_000018_chain_check::Migration),
            Box::new(m20261126_000019_need_verdict::Migration),
            Box::new(m20261126_000020_need_opinion::Migration),
            Box::new(m20261126_000021_cycle_revisions::Migration),
            Box::new(m20261126_000022_need_list::Migration),
            Box::new(m20261126_000023_need_list_parts::Migration),
            Box::new(m20261126_000024_sign_off::Migration),
            Box::new(m20261126_000025_district::Migration),
            Box::new(m20261126_000026_seal::Migration),
            Box::new(m20261126_000032_rehearsal::Migration),
            Box::new(m20261126_000028_application::Migration),
            Box::new(m20261126_000033_need_writer::Migration),
            Box::new(m20261127_000039_question::Migration),
            Box::new(m20261127_000037_sealed_sign_off::Migration),
            Box::new(m20261127_000044_reminder::Migration),
            Box::new(m20261127_000045_mail_choice::Migration),
            Box::new(m20261127_000046_mail_template::Migration),
            Box::new(m20261127_000047_view::Migration),
            Box::new(m20261127_000042_university_profile::Migration),
            Box::new(m20261128_000040_unit_opinion::Migration),
            Box::new(m20261128_000041_meeting::Migration),
            Box::new(m20261128_000049_answers_due::Migration),
            Box::new(m20261128_000057_need_carried::Migration),
            Box::new(m20261128_000038_account_request::Migration),
            Box::new(m20261128_000060_export::Migration),
            Box::new(m20261128_000061_export_words::Migration),
            Box::new(m20261128_000050_list_composers::Migration),
            Box::new(m20261128_000051_list_minutes::Migration),
            Box::new(m20261128_000070_sealed_phones::Migration),
            Box::new(m20261128_000071_another_key::Migration),
        ]
    }
}
