#pragma once

#include "ui/frame/page.h"

namespace Ui {

class SettingSection;

/// What concerns the windows and this desktop: theme, language, start, notices.
SettingSection *makeGeneralSection(const PageParts &parts);
SettingSection *makeNoticeSection(const PageParts &parts);
/// Version, licence, data folder.
SettingSection *makeAboutSection(const PageParts &parts);

} // namespace Ui
