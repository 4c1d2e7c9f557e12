#include "ui/owntoken.h"

#include <algorithm>
#include <utility>

using namespace Gateway;

namespace Ui {

OwnToken::OwnToken(Control &control, const char *name, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_name(name)
{
}

void OwnToken::get(QObject *context, Done done)
{
    if (!m_token.isEmpty()) {
        done(m_token);
        return;
    }
    m_waiting.push_back({context, std::move(done)});
    if (m_waiting.size() == 1)
        ask();
}

void OwnToken::forget()
{
    m_token = {};
}

void OwnToken::ask()
{
    m_control.tokens().list(Reply<std::vector<TokenView>>{this, [this](Result<std::vector<TokenView>> list) {
                                                              if (list)
                                                                  found(*list);
                                                              else
                                                                  answer(fail(std::move(list.error())));
                                                          }});
}

void OwnToken::found(const std::vector<TokenView> &tokens)
{
    const Reply<IssuedToken> reply{this, [this](Result<IssuedToken> token) { issued(std::move(token)); }};
    const auto own = std::find_if(tokens.begin(), tokens.end(), [this](const TokenView &token) {
        return token.id != 0 && token.settings.name == m_name;
    });
    if (own != tokens.end()) {
        m_control.tokens().rotate(own->id, reply);
        return;
    }
    TokenSettings settings;
    settings.name = m_name;
    m_control.tokens().create(std::move(settings), reply);
}

void OwnToken::issued(Result<IssuedToken> token)
{
    if (!token) {
        answer(fail(std::move(token.error())));
        return;
    }
    m_token = token->secret;
    answer(m_token);
}

void OwnToken::answer(const Result<Secret> &answer)
{
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        if (waiting.context)
            waiting.done(answer);
    }
}

} // namespace Ui
