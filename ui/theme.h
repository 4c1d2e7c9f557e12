#pragma once

#include <cstdint>

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

#include "ui/tokens.h"

class QString;

namespace Ui {

enum class TextStyle : std::uint8_t { Title, Figure, Heading, Section, Body, Mono, Small, Caption };

/// Gives the application its style, palette and fonts, light or dark as the system is, and follows the
/// system.
class Theme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Theme)

public:
    enum class Choice : std::uint8_t { System, Light, Dark };

    /// Needs the QApplication; applies itself at once.
    explicit Theme(Choice choice = Choice::System, QObject *parent = nullptr);

    const Tokens &tokens() const { return *m_tokens; }
    void choose(Choice choice);

    /// Sizes follow the user's system font.
    QFont font(TextStyle style) const;

    /// A one-colour icon of resources/icons in the role's colour, `size` in logical pixels.
    QPixmap pixmap(const QString &name, Role role, int size, qreal devicePixelRatio) const;
    QIcon icon(const QString &name, Role role) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// Colours or fonts are other ones now.
    void changed();

private:
    void apply();

    Choice m_choice;
    const Tokens *m_tokens;
    bool m_isApplying = false;
};

/// The program's icon, drawn simpler where it is small.
QIcon applicationIcon();

} // namespace Ui
