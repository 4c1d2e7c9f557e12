#pragma once

#include <vector>

#include <QWidget>

#include "ui/frame/page.h"

class QProgressBar;

namespace Ui {

class Button;
class KeyModel;
class TextLabel;

/// How the running check of keys goes, and what came of the last one; hidden while there was none.
class CheckStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CheckStrip)

public:
    CheckStrip(const PageParts &parts, const KeyModel &model, QWidget *parent = nullptr);

    void showProgress(const Gateway::CheckProgress &progress);
    /// In the order they came.
    const std::vector<Gateway::CheckResult> &results() const { return m_results; }

Q_SIGNALS:
    /// From the list of results.
    void removeRequested(const std::vector<Gateway::KeyId> &ids);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showText(const Gateway::CheckProgress &progress);
    void cancel();
    void showResults();

    PageParts m_parts;
    const KeyModel &m_model;
    TextLabel *m_text;
    QProgressBar *m_bar;
    Button *m_cancel;
    Button *m_details;
    Button *m_close;
    std::string m_run;
    bool m_hasFaults = false;
    std::vector<Gateway::CheckResult> m_results;
};

} // namespace Ui
