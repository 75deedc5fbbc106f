//! The disciplines that can be named: every first level of GB/T 13745-2009 but the military ones, and of the second
//! level those that schools ask for.

use super::discipline::{Discipline, Group};

const fn d(
    code: &'static str,
    name: &'static str,
    name_en: &'static str,
    words: &'static [&'static str],
) -> Discipline {
    Discipline { code, name, name_en, words }
}

/// By their fields, in the order of their codes.
pub(super) const GROUPS: [(Group, &[Discipline]); 5] = [
    (Group::NaturalSciences, NATURAL),
    (Group::Agriculture, AGRICULTURE),
    (Group::Medicine, MEDICINE),
    (Group::Engineering, ENGINEERING),
    (Group::Humanities, HUMANITIES),
];

const NATURAL: &[Discipline] = &[
    d("110", "数学", "Mathematics", &["数学"]),
    d("120", "信息科学与系统科学", "Information and systems science", &["信息科学"]),
    d("130", "力学", "Mechanics", &["力学"]),
    d("140", "物理学", "Physics", &["物理"]),
    d("150", "化学", "Chemistry", &["化学"]),
    d("160", "天文学", "Astronomy", &["天文"]),
    d("170", "地球科学", "Earth science", &["地理", "地质", "海洋科学", "大气"]),
    d("180", "生物学", "Biology", &["生物", "生命科学"]),
    d("180.44", "生态学", "Ecology", &["生态"]),
    d("190", "心理学", "Psychology", &["心理"]),
    d("190.30", "发展心理学", "Developmental psychology", &["发展心理"]),
    d("190.42", "临床与咨询心理学", "Clinical and counselling psychology", &["临床与咨询心理", "心理咨询"]),
    d("190.65", "应用心理学", "Applied psychology", &["应用心理"]),
    d("190.70", "教育心理学", "Educational psychology", &["教育心理"]),
];

const AGRICULTURE: &[Discipline] = &[
    d("210", "农学", "Agronomy", &["农学", "农业", "园艺", "种植"]),
    d("220", "林学", "Forestry", &["林学", "园林"]),
    d("230", "畜牧、兽医科学", "Animal husbandry and veterinary science", &["畜牧", "兽医", "动物科学"]),
    d("240", "水产学", "Fisheries", &["水产"]),
];

const MEDICINE: &[Discipline] = &[
    d("310", "基础医学", "Basic medicine", &["基础医学"]),
    d("320", "临床医学", "Clinical medicine", &["临床医学", "口腔", "眼视光", "精神医学", "护理", "康复"]),
    d(
        "330",
        "预防医学与公共卫生学",
        "Preventive medicine and public health",
        &["预防医学", "公共卫生", "儿少卫生", "妇幼", "营养"],
    ),
    d("350", "药学", "Pharmacy", &["药学", "药物"]),
    d("360", "中医学与中药学", "Chinese medicine and materia medica", &["中医"]),
    d("360.10", "中医学", "Chinese medicine", &["中医学", "针灸", "推拿"]),
    d("360.40", "中药学", "Chinese materia medica", &["中药"]),
];

const ENGINEERING: &[Discipline] = &[
    d("410", "工程与技术科学基础学科", "Foundations of engineering", &["工程基础"]),
    d("413", "信息与系统科学相关工程与技术", "Information and systems engineering", &["自动化", "控制"]),
    d("413.10", "控制科学与技术", "Control science", &["控制科学"]),
    d("413.20", "信息安全技术", "Information security", &["信息安全", "网络安全"]),
    d("416", "自然科学相关工程与技术", "Engineering from natural sciences", &["生物工程", "仿生"]),
    d("420", "测绘科学技术", "Surveying and mapping", &["测绘", "遥感"]),
    d("430", "材料科学", "Materials science", &["材料"]),
    d("440", "矿山工程技术", "Mining", &["采矿", "矿业"]),
    d("450", "冶金工程技术", "Metallurgy", &["冶金"]),
    d("460", "机械工程", "Mechanical engineering", &["机械", "机电", "数控", "模具"]),
    d("460.50", "机械制造自动化", "Automated manufacturing", &["智能制造", "工业机器人"]),
    d("470", "动力与电气工程", "Power and electrical engineering", &["电气", "电力", "制冷"]),
    d("480", "能源科学技术", "Energy", &["能源", "光伏"]),
    d("490", "核科学技术", "Nuclear science", &["核工程"]),
    d("510", "电子与通信技术", "Electronics and communication", &["电子信息", "通信", "电子技术"]),
    d("510.30", "半导体技术", "Semiconductors", &["微电子", "集成电路", "半导体"]),
    d("520", "计算机科学技术", "Computer science", &["计算机", "软件", "信息技术", "大数据", "编程"]),
    d("520.20", "人工智能", "Artificial intelligence", &["人工智能", "机器人", "智能科学"]),
    d("530", "化学工程", "Chemical engineering", &["化工"]),
    d("535", "产品应用相关工程与技术", "Applied product engineering", &["轻工", "印刷", "包装"]),
    d("540", "纺织科学技术", "Textiles", &["纺织", "服装"]),
    d("550", "食品科学技术", "Food science", &["食品", "酿造", "烹饪"]),
    d("560", "土木建筑工程", "Civil engineering and architecture", &["土木", "建筑", "工程造价", "测量"]),
    d("570", "水利工程", "Hydraulic engineering", &["水利", "水文"]),
    d("580", "交通运输工程", "Transport", &["交通", "汽车", "轨道", "铁道", "物流"]),
    d("590", "航空、航天科学技术", "Aeronautics and astronautics", &["航空", "航天", "无人机"]),
    d("610", "环境科学技术及资源科学技术", "Environment and resources", &["环境", "资源科学"]),
    d("620", "安全科学技术", "Safety", &["安全工程", "应急", "消防"]),
    d("630", "管理学", "Management", &["管理", "工商", "会计", "电子商务", "旅游"]),
];

const HUMANITIES: &[Discipline] = &[
    d("710", "马克思主义", "Marxism", &["马克思", "思想政治", "思政"]),
    d("720", "哲学", "Philosophy", &["哲学", "逻辑", "伦理"]),
    d("730", "宗教学", "Religious studies", &["宗教"]),
    d("740", "语言学", "Linguistics", &["语言", "语文", "汉语"]),
    d("740.50", "外国语言", "Foreign languages", &["外国语", "外语", "英语", "日语", "俄语", "法语", "德语"]),
    d("750", "文学", "Literature", &["文学", "国学"]),
    d("760", "艺术学", "Arts", &["艺术", "影视", "播音"]),
    d("760.15", "音乐", "Music", &["音乐", "合唱", "器乐"]),
    d("760.20", "戏剧", "Drama", &["戏剧", "表演"]),
    d("760.25", "戏曲", "Chinese opera", &["戏曲", "京剧", "吕剧"]),
    d("760.30", "舞蹈", "Dance", &["舞蹈"]),
    d("760.45", "美术", "Fine arts", &["美术", "绘画"]),
    d("760.50", "工艺美术", "Arts and crafts", &["工艺美术", "设计学", "艺术设计", "陶瓷艺术"]),
    d("760.55", "书法", "Calligraphy", &["书法"]),
    d("770", "历史学", "History", &["历史"]),
    d("780", "考古学", "Archaeology", &["考古", "文物"]),
    d("790", "经济学", "Economics", &["经济", "金融", "财政", "贸易", "财经"]),
    d("810", "政治学", "Political science", &["政治学", "行政"]),
    d("820", "法学", "Law", &["法学", "法律", "法治", "侦查", "公安"]),
    d("840", "社会学", "Sociology", &["社会学", "社会工作", "女性学", "家庭"]),
    d("850", "民族学与文化学", "Ethnology and culture", &["民族", "民俗", "非物质文化"]),
    d("860", "新闻学与传播学", "Journalism and communication", &["新闻", "传播"]),
    d("870", "图书馆、情报与文献学", "Library and information science", &["图书馆", "档案"]),
    d("870.50", "博物馆学", "Museology", &["博物馆"]),
    d("880", "教育学", "Education", &["教育", "师范"]),
    d("880.17", "教学论", "Theory of teaching", &["教学论", "课程论", "学科教育", "科学教育"]),
    d("880.34", "教育管理学", "Educational administration", &["教育管理", "教育领导"]),
    d("880.41", "教育技术学", "Educational technology", &["教育技术"]),
    d("880.47", "学前教育学", "Preschool education", &["学前"]),
    d("880.51", "普通教育学", "School education", &["小学教育", "初等教育", "中学教育"]),
    d("880.61", "职业技术教育学", "Vocational education", &["职业教育", "职业技术", "职业发展"]),
    d("880.64", "特殊教育学", "Special education", &["特殊教育"]),
    d("890", "体育科学", "Sport science", &["体育", "运动"]),
    d("890.40", "体育保健学", "Sport and health", &["体育保健", "运动康复"]),
    d("890.45", "运动训练学", "Athletic training", &["运动训练", "教育训练", "训练学"]),
    d("890.50", "体育教育学", "Physical education", &["体育教育", "体育与健康"]),
    d("890.55", "武术理论与方法", "Martial arts", &["武术"]),
    d("910", "统计学", "Statistics", &["统计学", "统计"]),
];
