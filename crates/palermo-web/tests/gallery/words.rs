//! The gallery's own words: enough of two languages to see both directions.

pub struct Language {
    pub code: &'static str,
    pub dir: &'static str,
    pub english: bool,
}

pub const ENGLISH: Language = Language { code: "en", dir: "ltr", english: true };
pub const ARABIC: Language = Language { code: "ar", dir: "rtl", english: false };

impl Language {
    /// The words in this language.
    pub fn say(&self, english: &str, arabic: &str) -> String {
        if self.english { english.to_owned() } else { arabic.to_owned() }
    }

    pub fn rtl(&self) -> bool {
        self.dir == "rtl"
    }

    pub fn words(&self) -> palermo_web::components::Words {
        let english = palermo_web::components::Words::default();
        if self.english {
            return english;
        }
        palermo_web::components::Words {
            error: "خطأ".into(),
            there_is_a_problem: "هناك مشكلة".into(),
            back: "رجوع".into(),
            menu: "القائمة".into(),
            skip_to_content: "انتقل إلى المحتوى الرئيسي".into(),
            important: "مهم".into(),
            success: "تم".into(),
            warning: "تحذير".into(),
            contents: "المحتويات".into(),
            previous_page: "السابق".into(),
            next_page: "التالي".into(),
            show: "إظهار".into(),
            hide: "إخفاء".into(),
            emergency: "طوارئ".into(),
            exit_this_page: "مغادرة هذه الصفحة".into(),
            show_as_table: "عرض كجدول".into(),
            source: "المصدر".into(),
            unknown: "غير معروف".into(),
            filter: "تصفية".into(),
            apply_filters: "تطبيق".into(),
            clear_filters: "إزالة التصفية".into(),
            download: "تنزيل".into(),
            show_all_sections: "إظهار كل الأقسام".into(),
            hide_all_sections: "إخفاء كل الأقسام".into(),
            up_to_characters: "يمكنك إدخال %{count} حرف كحد أقصى".into(),
            characters_left: "الأحرف المتبقية: %{count}".into(),
            ..english
        }
    }
}
