// How the dialog is laid out: the second part of AddKeysDialog.
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/pages/keys/addkeysdialog.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr QSize SIZE{800, 560};
constexpr int PREVIEW_AFTER_MS = 150;

TextLabel *captionOf(const Theme &theme, const QString &text, QWidget *buddy)
{
    auto *label = new TextLabel(theme, TextStyle::Small, &Tokens::text2);
    label->setText(text);
    label->setBuddy(buddy);
    return label;
}

} // namespace

AddKeysDialog::AddKeysDialog(const PageParts &parts, const QStringList &projects, QWidget *parent)
    : Dialog(parts.theme, tr("Add keys"), parent)
    , m_parts(parts)
    , m_keys(new AddedKeys(this))
    , m_editor(new QPlainTextEdit)
    , m_list(new QListView)
    , m_project(new QComboBox)
    , m_pattern(new QLineEdit(tr("Key {n}")))
    , m_checks(new Switch(parts.theme))
    , m_others(new Switch(parts.theme))
    , m_result(new InlineResult(parts.theme))
    , m_timer(new QTimer(this))
{
    resize(SIZE);
    auto *hint = new TextLabel(theme(), TextStyle::Small, &Tokens::text3);
    hint->setText(
        tr("Any text will do: lists, .env lines, JSON. Keys are stored encrypted on this computer."));
    hint->setWordWrap(true);
    body()->addWidget(hint);
    auto *halves = new QHBoxLayout;
    halves->setSpacing(16);
    halves->addWidget(makeLeft(), 1);
    halves->addWidget(makeRight(), 1);
    body()->addLayout(halves, 1);
    body()->addWidget(m_result);
    m_result->hide();
    m_project->addItems(projects);
    m_project->setCurrentIndex(-1);
    addSettingsRow();
    addFoot();

    m_timer->setSingleShot(true);
    m_timer->setInterval(PREVIEW_AFTER_MS);
    connect(m_timer, &QTimer::timeout, this, &AddKeysDialog::preview);
    connect(m_editor, &QPlainTextEdit::textChanged, m_timer, qOverload<>(&QTimer::start));
    connect(m_passphrase, &QLineEdit::textChanged, m_timer, qOverload<>(&QTimer::start));
    connect(m_pattern, &QLineEdit::textChanged, m_timer, qOverload<>(&QTimer::start));
    connect(&parts.control, &Control::checkProgress, this, &AddKeysDialog::takeProgress);
    showCounts({});
    offerClipboard();
    followAddButton();
    m_editor->setFocus();
}

QWidget *AddKeysDialog::makeLeft()
{
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(captionOf(theme(), tr("Paste keys, one or many"), m_editor));
    m_editor->setFont(theme().font(TextStyle::Mono));
    m_editor->setAccessibleName(tr("Paste keys, one or many"));
    m_editor->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_editor->setTabChangesFocus(true);
    m_editor->document()->setDocumentMargin(10);
    m_editor->setUndoRedoEnabled(true);
    m_editor->installEventFilter(this);
    column->addWidget(m_editor, 1);

    m_fileRow = new QWidget;
    auto *file = new QVBoxLayout(m_fileRow);
    file->setContentsMargins(0, 0, 0, 0);
    m_fileName = new TextLabel(theme(), TextStyle::Body, &Tokens::text);
    m_fileName->setTextFormat(Qt::PlainText);
    m_passphrase = new QLineEdit;
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("Passphrase of the sealed export"));
    m_passphrase->setAccessibleName(m_passphrase->placeholderText());
    auto *text = new Button(theme(), Button::Kind::Ghost, u"close"_s, tr("Paste text instead"));
    connect(text, &QAbstractButton::clicked, this, [this] { setText({}); });
    file->addWidget(m_fileName);
    file->addWidget(m_passphrase);
    file->addWidget(text, 0, Qt::AlignLeft);
    file->addStretch();
    m_fileRow->hide();
    column->addWidget(m_fileRow, 1);

    auto *acts = new QHBoxLayout;
    auto *open = new Button(theme(), Button::Kind::Ghost, u"file"_s, tr("Open file…"));
    m_clipboard = new Button(theme(), Button::Kind::Ghost, u"copy"_s, tr("From clipboard"));
    acts->addWidget(open);
    acts->addWidget(m_clipboard);
    acts->addStretch();
    column->addLayout(acts);
    connect(open, &QAbstractButton::clicked, this, &AddKeysDialog::askForFile);
    connect(m_clipboard, &QAbstractButton::clicked, this,
            [this] { setText(QApplication::clipboard()->text()); });
    return left;
}

QWidget *AddKeysDialog::makeRight()
{
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(captionOf(theme(), tr("Preview"), m_list));
    m_list->setModel(m_keys);
    m_list->setItemDelegate(new AddedKeyDelegate(theme(), m_list));
    m_list->setAccessibleName(tr("Preview"));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { mark(current.row()); });
    connect(m_list, &QAbstractItemView::clicked, this,
            [this](const QModelIndex &index) { mark(index.row()); });
    column->addWidget(m_list, 1);
    auto *counts = new QHBoxLayout;
    counts->setSpacing(6);
    constexpr int height = 32; // as the buttons at the left
    for (Pill **pill : {&m_new, &m_known, &m_malformed}) {
        *pill = new Pill(theme());
        counts->addWidget(*pill);
    }
    m_nothing = new TextLabel(theme(), TextStyle::Small, &Tokens::text3);
    counts->addWidget(m_nothing);
    counts->addStretch();
    counts->addStrut(height);
    column->addLayout(counts);
    return right;
}

void AddKeysDialog::addSettingsRow()
{
    m_project->setEditable(true);
    m_project->lineEdit()->setPlaceholderText(tr("none"));
    m_project->setMinimumWidth(200);
    m_project->setAccessibleName(tr("Project"));
    m_pattern->setAccessibleName(tr("Label pattern"));
    m_pattern->setToolTip(tr("{n} counts the added keys."));
    m_pattern->setMaximumWidth(160);
    m_checks->setChecked(true);
    m_checks->setAccessibleName(tr("Check each key with Google"));
    auto *word = new TextLabel(theme(), TextStyle::Body, &Tokens::text);
    word->setText(tr("Check each key with Google"));
    word->setBuddy(m_checks);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    const auto addField = [&](const QString &name, QWidget *field) {
        auto *column = new QVBoxLayout;
        column->setSpacing(6);
        column->addWidget(captionOf(theme(), name, field));
        column->addWidget(field);
        row->addLayout(column);
    };
    addField(tr("Project"), m_project);
    addField(tr("Label pattern"), m_pattern);
    row->addStretch();
    auto *check = new QHBoxLayout;
    check->setSpacing(8);
    check->addWidget(m_checks);
    check->addWidget(word);
    check->addStrut(m_pattern->sizeHint().height());
    auto *bottom = new QVBoxLayout;
    bottom->addStretch();
    bottom->addLayout(check);
    row->addLayout(bottom);
    body()->addSpacing(8);
    body()->addLayout(row);
    addOthersRow();
}

void AddKeysDialog::addOthersRow()
{
    m_othersRow = new QWidget;
    m_othersText = new TextLabel(theme(), TextStyle::Body, &Tokens::text);
    m_othersText->setBuddy(m_others);
    m_others->setAccessibleName(tr("Take over what else was found"));
    m_others->setChecked(true);
    auto *row = new QHBoxLayout(m_othersRow);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_others);
    row->addWidget(m_othersText, 1);
    m_othersRow->hide();
    body()->addWidget(m_othersRow);
    connect(m_others, &QAbstractButton::toggled, this, &AddKeysDialog::followAddButton);
}

void AddKeysDialog::addFoot()
{
    m_remark = new TextLabel(theme(), TextStyle::Small, &Tokens::text3);
    footLeft()->addWidget(m_remark);
    m_cancel = addCancel();
    m_add = addButton(Button::Kind::Primary, tr("Add keys"));
    m_add->setDefault(true);
    m_add->setToolTip(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
    connect(m_add, &QAbstractButton::clicked, this, [this] {
        if (m_stage == Stage::Checking || m_stage == Stage::Done)
            accept();
        else
            add();
    });
}

} // namespace Ui
