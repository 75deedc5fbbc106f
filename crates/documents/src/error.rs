//! What can be wrong with a file, and how its owner mends it.

use ronghe_text::Lang;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a file gave no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum DocumentError {
    /// Neither text nor `.docx`.
    #[error("neither text nor .docx")]
    NotADocument,
    /// None of the kinds that may be attached.
    #[error("not of a kind that may be attached")]
    NotAttachable,
    /// A PDF.
    #[error("a PDF")]
    Pdf,
    /// Word before 2007.
    #[error("a Word file before 2007")]
    OldWord,
    /// It wants a password.
    #[error("encrypted")]
    Encrypted,
    /// It carries macros.
    #[error("carries macros")]
    Macros,
    /// Cut off, or not what it says it is.
    #[error("damaged")]
    Damaged,
    /// More than 50 MiB, or far more when unpacked.
    #[error("too large")]
    TooLarge,
    /// More than 2,000 parts.
    #[error("more than 2,000 parts")]
    TooManyParts,
    /// A part that unpacks to more than a hundred times its size.
    #[error("unpacks to more than a hundred times its size")]
    Bomb,
    /// A part's name that leads out of the file, or stands twice.
    #[error("a part's name is not allowed")]
    BadName,
    /// Another archive within.
    #[error("another archive within")]
    Nested,
    /// A document type definition, whose entities could grow without end.
    #[error("a document type definition")]
    DocumentType,
    /// A picture of more than 40 megapixels.
    #[error("more than 40 megapixels")]
    TooManyPixels,
    /// A picture that moves.
    #[error("an animated picture")]
    Animated,
    /// Elements within elements, more than 128 deep.
    #[error("nested more than 128 deep")]
    TooDeep,
}

impl DocumentError {
    /// What is wrong and how to mend it, for the person who gave the file.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        lang.pick(self.in_chinese(), self.in_english())
    }

    const fn in_chinese(self) -> &'static str {
        match self {
            Self::NotADocument => "不是文本，也不是 .docx；另存为 .docx 或 UTF-8 文本",
            Self::NotAttachable => "不能附这种文件；可用 PDF、DOCX、XLSX、OFD、PNG、JPEG、WebP",
            Self::Pdf => "PDF 不能读取；用 .docx 原稿，或另存为 UTF-8 文本",
            Self::OldWord => "旧版 Word 文件（.doc）；在 Word 或 WPS 中另存为 .docx",
            Self::Encrypted => "文件有密码；去掉密码后再试",
            Self::Macros => "文件带宏；另存为不带宏的 .docx",
            Self::Damaged => "文件已损坏或不完整；重新保存或重新下载",
            Self::TooLarge => "文件太大；最大 50 MiB，去掉图片后再试",
            Self::TooManyParts => "文件里的部件超过 2,000 个；复制文字到新文件",
            Self::Bomb => "文件解压后过大；复制文字到新文件",
            Self::BadName => "文件里有不允许的部件名；在 Word 或 WPS 中另存一次",
            Self::Nested => "文件里嵌有另一个文件包；删去嵌入的表格或附件",
            Self::DocumentType => "文件里有不允许的 XML 声明；在 Word 或 WPS 中另存一次",
            Self::TooManyPixels => "图片超过 4,000 万像素（每色 16 位的超过 2,000 万）；缩小后再试",
            Self::Animated => "动图不能附；另存为静止的图片",
            Self::TooDeep => "文件的层次超过 128 层；复制文字到新文件",
        }
    }

    const fn in_english(self) -> &'static str {
        match self {
            Self::NotADocument => "Neither text nor .docx; save it as .docx or as UTF-8 text",
            Self::NotAttachable => {
                "This kind of file cannot be attached; take PDF, DOCX, XLSX, OFD, PNG, JPEG or WebP"
            }
            Self::Pdf => "A PDF cannot be read; take the .docx, or save it as UTF-8 text",
            Self::OldWord => "A Word file of the old kind (.doc); save it as .docx in Word or WPS",
            Self::Encrypted => "The file has a password; remove it and try again",
            Self::Macros => "The file carries macros; save it as .docx without them",
            Self::Damaged => "The file is damaged or cut off; save or download it again",
            Self::TooLarge => "The file is too large; at most 50 MiB, try without its pictures",
            Self::TooManyParts => "The file has more than 2,000 parts; copy its text into a new one",
            Self::Bomb => "The file unpacks to far more than its size; copy its text into a new one",
            Self::BadName => {
                "A part of the file has a name that is not allowed; save it again in Word or WPS"
            }
            Self::Nested => "Another file is embedded; remove embedded sheets and attachments",
            Self::DocumentType => {
                "The file carries an XML declaration that is not allowed; save it again in Word or WPS"
            }
            Self::TooManyPixels => {
                "The picture has more than 40 megapixels (20 of 16 bits a colour); make it smaller and try again"
            }
            Self::Animated => "An animated picture cannot be attached; save it as a still one",
            Self::TooDeep => "The file is nested more than 128 deep; copy its text into a new one",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DocumentError;
    use ronghe_domain::attachment::MIB_MOST;
    use ronghe_text::Lang;

    #[test]
    fn the_limit_is_said_as_it_is() {
        for lang in [Lang::Zh, Lang::En] {
            let said = DocumentError::TooLarge.words(lang);
            assert!(said.contains(&format!("{MIB_MOST} MiB")), "{said}");
        }
    }
}
