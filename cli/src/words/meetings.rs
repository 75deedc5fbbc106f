//! Help of meetings in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Meetings on listed needs: enter, call off, take into a calendar", "对接会：安排、取消、加入日历"),
    ("Meetings on a need, in the order of their time", "一条需求的对接会，按时间先后"),
    ("Enter a meeting on a need of the published list: everybody reads it", "为清单上的需求安排对接会，公开"),
    ("When it begins: 2026-05-06 14:00", "开始时间：2026-05-06 14:00"),
    ("When it ends", "结束时间"),
    ("Where; this or a link is needed", "地点；地点和链接至少一项"),
    ("`https://…`, where people meet online", "线上链接，https://…"),
    ("Who may come", "参加范围"),
    ("What else there is to know", "说明"),
    ("Call a meeting off, before it begins", "取消一场还没有开始的对接会"),
    ("Its name, such as N2026-0137-M2", "编号，如 N2026-0137-M2"),
    ("Why: everybody reads it", "原因，公开"),
    ("Save a meeting as a file for calendars", "把对接会存为日历文件"),
    ("Where the file is written", "保存到"),
];
