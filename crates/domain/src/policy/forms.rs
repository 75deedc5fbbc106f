//! Forms of cooperation that the measures (一)–(十) name.

use serde::{Deserialize, Serialize};

/// A form of cooperation between universities and schools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 主要科目课程研发, measure (一).
    CourseDevelopment,
    /// 指导课程建设, measure (一).
    ExpertEngagement,
    /// 特色课程研发团队, measure (二).
    CourseTeam,
    /// 特色课程, measure (二).
    SpecialCourse,
    /// 兴趣爱好调查, measure (二).
    InterestSurvey,
    /// 信息化教学服务, measure (二).
    ItTeachingSupport,
    /// 精品思政课, measure (三).
    IdeologicalCourse,
    /// 思政大讲座, measure (三).
    Lecture,
    /// 场馆开放, measure (三).
    VenueOpening,
    /// 结对子, measure (四).
    Pairing,
    /// 心理健康工作室指导, measure (四).
    StudioGuidance,
    /// 教师进修培训, measure (四)、(六)、(十).
    TeacherTraining,
    /// 实践基地, measure (四).
    PracticeBase,
    /// 志愿服务, measure (四).
    VolunteerService,
    /// 调研, measure (四).
    Survey,
    /// 咨询服务, measure (四).
    Counselling,
    /// 学生发展指导课程, measure (五).
    GuidanceCourse,
    /// 校园开放日, measure (六).
    OpenDay,
    /// 暑期游学, measure (六).
    StudyTour,
    /// 空间与科普资源共享, measure (六).
    SpaceSharing,
    /// 艺术团、运动队指导, measure (六).
    TroupeGuidance,
    /// 普法教育, measure (六).
    LawEducation,
    /// 课后延时活动指导, measure (六).
    AfterSchoolService,
    /// 对外交流, measure (六).
    InternationalExchange,
    /// 登峰计划, measure (七).
    TalentProgramme,
    /// 优质生源基地, measure (七).
    SourceBase,
    /// 中学—大学贯通课程, measure (八).
    ThroughCurriculum,
    /// 特色班, measure (八).
    FeaturedClass,
    /// 大学先修课程, measure (八).
    PreUniversityCourse,
    /// 合作教学, measure (八).
    CoTeaching,
    /// 高技能人才培训指导, measure (八).
    VocationalTraining,
    /// 开放实习场所, measure (八).
    WorkplaceOpening,
    /// 共享实训设备, measure (八).
    EquipmentSharing,
    /// 访学进修, measure (九).
    VisitingStudy,
    /// 跟岗锻炼, measure (九).
    OnPostTraining,
    /// 教师发展指导团队, measure (十).
    GuidanceTeam,
    /// 毕业生实习基地, measure (十).
    InternshipBase,
    /// 其他, under each measure (等).
    Other,
}

impl Form {
    /// Every form, in the order of the notice.
    pub const ALL: [Self; 38] = [
        Self::CourseDevelopment,
        Self::ExpertEngagement,
        Self::CourseTeam,
        Self::SpecialCourse,
        Self::InterestSurvey,
        Self::ItTeachingSupport,
        Self::IdeologicalCourse,
        Self::Lecture,
        Self::VenueOpening,
        Self::Pairing,
        Self::StudioGuidance,
        Self::TeacherTraining,
        Self::PracticeBase,
        Self::VolunteerService,
        Self::Survey,
        Self::Counselling,
        Self::GuidanceCourse,
        Self::OpenDay,
        Self::StudyTour,
        Self::SpaceSharing,
        Self::TroupeGuidance,
        Self::LawEducation,
        Self::AfterSchoolService,
        Self::InternationalExchange,
        Self::TalentProgramme,
        Self::SourceBase,
        Self::ThroughCurriculum,
        Self::FeaturedClass,
        Self::PreUniversityCourse,
        Self::CoTeaching,
        Self::VocationalTraining,
        Self::WorkplaceOpening,
        Self::EquipmentSharing,
        Self::VisitingStudy,
        Self::OnPostTraining,
        Self::GuidanceTeam,
        Self::InternshipBase,
        Self::Other,
    ];

    /// The notice wants it 定期, 有计划 or 长期: it carries a year plan.
    #[must_use]
    pub const fn is_regular(self) -> bool {
        matches!(
            self,
            Self::Lecture
                | Self::TroupeGuidance
                | Self::VisitingStudy
                | Self::OnPostTraining
                | Self::GuidanceTeam
        )
    }
}

/// The notice whose measures these are.
const NOTICE: &str = "济教发〔2023〕24号";

/// The forms that a measure of `content` names: those of the notice; other documents name none yet.
#[must_use]
pub fn forms_of(content: &super::Content, seq: u32) -> &'static [Form] {
    if content.doc_number.as_deref() == Some(NOTICE) { of_the_notice(seq) } else { &[] }
}

/// None for (十一) and (十二), which are about the programme itself.
const fn of_the_notice(seq: u32) -> &'static [Form] {
    use Form as F;
    match seq {
        1 => &[F::CourseDevelopment, F::ExpertEngagement],
        2 => &[F::CourseTeam, F::SpecialCourse, F::InterestSurvey, F::ItTeachingSupport],
        3 => &[F::IdeologicalCourse, F::Lecture, F::VenueOpening],
        4 => &[
            F::Pairing,
            F::StudioGuidance,
            F::TeacherTraining,
            F::PracticeBase,
            F::VolunteerService,
            F::Survey,
            F::Counselling,
        ],
        5 => &[F::GuidanceCourse],
        6 => &[
            F::OpenDay,
            F::StudyTour,
            F::SpaceSharing,
            F::TroupeGuidance,
            F::TeacherTraining,
            F::LawEducation,
            F::AfterSchoolService,
            F::InternationalExchange,
        ],
        7 => &[F::TalentProgramme, F::SourceBase],
        8 => &[
            F::ThroughCurriculum,
            F::FeaturedClass,
            F::PreUniversityCourse,
            F::CoTeaching,
            F::VocationalTraining,
            F::WorkplaceOpening,
            F::EquipmentSharing,
        ],
        9 => &[F::VisitingStudy, F::OnPostTraining],
        10 => &[F::TeacherTraining, F::GuidanceTeam, F::InternshipBase],
        _ => &[],
    }
}

/// The measures that a need can come under: those that name forms of cooperation; where the document names
/// none, all of them.
#[must_use]
pub fn open_measures(policy: &super::Content) -> Vec<u32> {
    let with_forms: Vec<u32> =
        policy.measures().map(|it| it.seq).filter(|seq| !forms_of(policy, *seq).is_empty()).collect();
    if with_forms.is_empty() { policy.measures().map(|it| it.seq).collect() } else { with_forms }
}

#[cfg(test)]
mod tests {
    use super::{Form, of_the_notice};

    #[test]
    fn every_form_but_other_stands_under_a_measure() {
        for form in Form::ALL {
            let named = (1..=12).any(|seq| of_the_notice(seq).contains(&form));
            assert_eq!(named, form != Form::Other, "{form:?}");
        }
        assert!(of_the_notice(11).is_empty() && of_the_notice(12).is_empty());
    }
}
