//! Forms of cooperation.

use crate::Lang;
use ronghe_domain::policy::forms::Form;

/// A form of cooperation.
#[must_use]
pub const fn form(lang: Lang, form: Form) -> &'static str {
    match form {
        Form::CourseDevelopment => lang.pick("主要科目课程研发", "Course development"),
        Form::ExpertEngagement => lang.pick("指导课程建设", "Expert engagement"),
        Form::CourseTeam => lang.pick("特色课程研发团队", "Course team"),
        Form::SpecialCourse => lang.pick("特色课程", "Special course"),
        Form::InterestSurvey => lang.pick("兴趣爱好调查", "Interest survey"),
        Form::ItTeachingSupport => lang.pick("信息化教学服务", "IT teaching support"),
        Form::IdeologicalCourse => lang.pick("精品思政课", "Ideological course"),
        Form::Lecture => lang.pick("思政大讲座", "Lecture"),
        Form::VenueOpening => lang.pick("场馆开放", "Venue opening"),
        Form::Pairing => lang.pick("结对子", "Pairing"),
        Form::StudioGuidance => lang.pick("心理健康工作室指导", "Studio guidance"),
        Form::TeacherTraining => lang.pick("教师进修培训", "Teacher training"),
        Form::PracticeBase => lang.pick("实践基地", "Practice base"),
        Form::VolunteerService => lang.pick("志愿服务", "Volunteer service"),
        Form::Survey => lang.pick("调研", "Survey"),
        Form::Counselling => lang.pick("咨询服务", "Counselling"),
        Form::GuidanceCourse => lang.pick("学生发展指导课程", "Guidance course"),
        Form::OpenDay => lang.pick("校园开放日", "Open day"),
        Form::StudyTour => lang.pick("暑期游学", "Study tour"),
        Form::SpaceSharing => lang.pick("空间与科普资源共享", "Space sharing"),
        Form::TroupeGuidance => lang.pick("艺术团、运动队指导", "Troupe guidance"),
        Form::LawEducation => lang.pick("普法教育", "Law education"),
        Form::AfterSchoolService => lang.pick("课后延时活动指导", "After-school service"),
        Form::InternationalExchange => lang.pick("对外交流", "International exchange"),
        Form::TalentProgramme => lang.pick("登峰计划", "Talent programme"),
        Form::SourceBase => lang.pick("优质生源基地", "Source base"),
        Form::ThroughCurriculum => lang.pick("中学—大学贯通课程", "Through curriculum"),
        Form::FeaturedClass => lang.pick("特色班", "Featured class"),
        Form::PreUniversityCourse => lang.pick("大学先修课程", "Pre-university course"),
        Form::CoTeaching => lang.pick("合作教学", "Co-teaching"),
        Form::VocationalTraining => lang.pick("高技能人才培训指导", "Vocational training"),
        Form::WorkplaceOpening => lang.pick("开放实习场所", "Workplace opening"),
        Form::EquipmentSharing => lang.pick("共享实训设备", "Equipment sharing"),
        Form::VisitingStudy => lang.pick("访学进修", "Visiting study"),
        Form::OnPostTraining => lang.pick("跟岗锻炼", "On-post training"),
        Form::GuidanceTeam => lang.pick("教师发展指导团队", "Guidance team"),
        Form::InternshipBase => lang.pick("毕业生实习基地", "Internship base"),
        Form::Other => lang.pick("其他", "Other"),
    }
}
