#pragma once

#include <functional>
#include <vector>

#include "ui/frame/page.h"

namespace Ui {

/// A page as the window lists it.
struct PageRow
{
    PageId id = PageId::Overview;
    QString iconName;
    QString name;
    std::function<Page *(const PageParts &)> make;
};

/// All pages in the order of the side bar; Settings is the last. Names are in the windows' language.
std::vector<PageRow> pageTable();

} // namespace Ui
