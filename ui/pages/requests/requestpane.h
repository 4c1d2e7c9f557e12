#pragma once

#include <map>

#include "gateway/control/control.h"
#include "ui/frame/page.h"
#include "ui/widgets/detailspane.h"

class QGridLayout;
class QVBoxLayout;

namespace Ui {

class Button;
class CodeView;
class Pill;
class RequestAgain;
class Segmented;
class TextLabel;
class TimeBar;

/// One request: its facts, where its time went, its attempts, what was said where that is kept; it can be
/// sent again.
class RequestPane final : public DetailsPane
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestPane)

public:
    explicit RequestPane(const PageParts &parts, QWidget *parent = nullptr);

    void showRequest(const Gateway::RequestView &request);
    std::int64_t seq() const { return m_detail.request.seq; }

Q_SIGNALS:
    /// To the next older (1) or newer (-1) one.
    void stepRequested(int step);

private:
    void makeHeader();
    void makeBody();
    void makeFoot();
    void load();
    void showDetail();
    void showFacts();
    void showAttempts();
    void showBodies();
    void nameKeys();
    void showAgain();
    void sendAgain();
    void tellAnswered(int status, const QString &id, qint64 elapsedMs);

    PageParts m_parts;
    Gateway::RequestDetail m_detail;
    std::map<std::int64_t, QString> m_keyNames;
    TextLabel *m_title;
    Pill *m_pill;
    TextLabel *m_when;
    QGridLayout *m_facts;
    TimeBar *m_bar;
    TextLabel *m_error;
    QVBoxLayout *m_attempts;
    Segmented *m_which;
    CodeView *m_code;
    QWidget *m_noBodies;
    Button *m_againButton;
    RequestAgain *m_again;
};

} // namespace Ui
