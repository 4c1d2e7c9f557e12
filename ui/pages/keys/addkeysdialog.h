#pragma once

#include <optional>

#include "ui/frame/page.h"
#include "ui/pages/keys/addedkeys.h"
#include "ui/pages/keys/keyfile.h"
#include "ui/widgets/dialog.h"

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QListView;
class QPlainTextEdit;
class QTimer;

namespace Ui {

class InlineResult;
class Pill;
class Switch;
class TextLabel;

/// Takes keys from any text and shows before what is found in it. With the check, it stays open and tells
/// what Google says of each; closing it does not stop the check.
class AddKeysDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AddKeysDialog)

public:
    AddKeysDialog(const PageParts &parts, const QStringList &projects, QWidget *parent);

    /// Puts the text into the editor.
    void setText(const QString &text);
    /// As if it had been chosen with "Open file…".
    void openFile(const QString &path);
    /// As Ctrl+Enter does.
    void add();

Q_SIGNALS:
    void added(const std::vector<Gateway::KeyId> &ids);
    /// Keys were added and are being checked.
    void checkStarted(const Gateway::CheckProgress &progress);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Stage : std::uint8_t { Reading, Adding, Checking, Done };

    QWidget *makeLeft();
    QWidget *makeRight();
    void addSettingsRow();
    void addOthersRow();
    void addFoot();
    void offerClipboard();
    void askForFile();
    void readDatabase(const QString &path, KeyFile file);
    void takeFile(KeyFile file);
    void showFile(KeyFile file);
    void dropFile();

    Gateway::AddKeys request(bool isPreview) const;
    void preview();
    void takePreview(Gateway::Result<Gateway::AddKeysResult> result);
    void showCounts(const Gateway::AddKeysResult &result);
    void showOthers(const Gateway::AddKeysResult &result);
    void showFailure(const Gateway::Error &error);
    void mark(int row);
    void takeAdded(Gateway::AddKeysResult result);
    void check(const std::vector<Gateway::KeyId> &ids);
    void takeProgress(const Gateway::CheckProgress &progress);
    void enterStage(Stage stage);
    bool canAdd() const;
    void followAddButton();

    PageParts m_parts;
    AddedKeys *m_keys;
    QPlainTextEdit *m_editor;
    QWidget *m_fileRow = nullptr;
    TextLabel *m_fileName = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QListView *m_list;
    Pill *m_new = nullptr;
    Pill *m_known = nullptr;
    Pill *m_malformed = nullptr;
    TextLabel *m_nothing = nullptr;
    QComboBox *m_project;
    QLineEdit *m_pattern;
    Switch *m_checks;
    Switch *m_others;               ///< Takes over what the text holds beside keys.
    QWidget *m_othersRow = nullptr; ///< Only there when the text holds something.
    TextLabel *m_othersText = nullptr;
    InlineResult *m_result;
    TextLabel *m_remark = nullptr;
    Button *m_clipboard = nullptr;
    Button *m_cancel = nullptr;
    Button *m_add = nullptr;
    QTimer *m_timer;
    std::optional<KeyFile> m_file;
    std::string m_previewed; ///< The text whose preview is shown, in UTF-8.
    int m_asked = 0;         ///< Number of the last preview that was asked for.
    int m_found = 0;         ///< Keys that would be added.
    int m_foundOthers = 0;   ///< What else could be taken over.
    std::string m_run;       ///< Of the check.
    Stage m_stage = Stage::Reading;
};

/// Whether a text of the clipboard is worth to be offered: it has something of a Google key in it.
bool holdsKey(const QString &text);

} // namespace Ui
