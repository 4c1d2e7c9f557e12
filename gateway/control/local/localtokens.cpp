#include "gateway/control/local/localtokens.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/store/store.h"

namespace Gateway {

namespace {

tl::unexpected<Error> unknownToken()
{
    return fail(404, "unknown_token", "There is no such token.");
}

tl::unexpected<Error> refused(Error error)
{
    if (error.status == 400)
        error.status = 422;
    return fail(std::move(error));
}

} // namespace

LocalTokens::LocalTokens(const LocalParts &parts, const AuditTrail &audit, QObject &context,
                         std::function<SettingsPtr()> settings, std::function<void()> changed)
    : m_parts(parts)
    , m_audit(audit)
    , m_context(context)
    , m_settings(std::move(settings))
    , m_changed(std::move(changed))
{
}

const TokenRow *LocalTokens::find(TokenId id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const TokenRow &row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

TokenView LocalTokens::view(const TokenRow &row, const std::vector<TokenUse> &uses) const
{
    TokenView view;
    view.id = row.id;
    view.hint = row.hint;
    view.settings = row.settings;
    view.createdMs = row.createdMs;
    const auto use =
        std::find_if(uses.begin(), uses.end(), [&row](const TokenUse &some) { return some.id == row.id; });
    if (use != uses.end())
        view.use = *use;
    return view;
}

TokenView LocalTokens::view(const TokenRow &row) const
{
    return view(row, m_parts.tokenUses ? m_parts.tokenUses() : std::vector<TokenUse>());
}

void LocalTokens::list(Reply<std::vector<TokenView>> reply)
{
    const std::vector<TokenUse> uses = m_parts.tokenUses ? m_parts.tokenUses() : std::vector<TokenUse>();
    std::vector<TokenView> views;
    for (const TokenRow &row : m_rows)
        views.push_back(view(row, uses));
    for (const std::string &text : m_settings()->list(Setting::AllowedTokens)) {
        const Secret token(text);
        TokenView plain;
        plain.settings.name = plainTokenName(token);
        plain.hint = tokenRow(token, {}, 0).hint;
        views.push_back(std::move(plain));
    }
    reply(std::move(views));
}

void LocalTokens::use()
{
    if (m_parts.useTokens)
        m_parts.useTokens(m_rows);
    m_changed();
}

void LocalTokens::save(TokenRow row, std::function<void(Result<TokenRow>)> done)
{
    m_parts.store.saveToken(
        std::move(row),
        Reply<TokenRow>{&m_context, [this, done = std::move(done)](Result<TokenRow> saved) {
                            if (saved) {
                                std::erase_if(m_rows,
                                              [&saved](const TokenRow &old) { return old.id == saved->id; });
                                m_rows.push_back(*saved);
                                std::sort(m_rows.begin(), m_rows.end(),
                                          [](const TokenRow &a, const TokenRow &b) { return a.id < b.id; });
                                use();
                            }
                            done(std::move(saved));
                        }});
}

void LocalTokens::create(TokenSettings settings, Reply<IssuedToken> reply)
{
    if (Result<void> sound = checkTokenSettings(settings); !sound) {
        reply(refused(std::move(sound.error())));
        return;
    }
    NewToken made = makeAccessToken(std::move(settings), m_parts.clock.nowMs());
    m_audit.note("tokens.create", "token " + made.row.settings.name);
    save(std::move(made.row), [this, secret = made.secret, reply](Result<TokenRow> saved) {
        if (saved)
            reply(IssuedToken{view(*saved), secret});
        else
            reply(fail(std::move(saved.error())));
    });
}

std::string LocalTokens::nameOf(const Secret &token) const
{
    const TokenDigest digest = tokenDigest(token.reveal());
    for (const TokenRow &row : m_rows) {
        if (row.digest == digest)
            return row.settings.name;
    }
    for (const std::string &text : m_settings()->list(Setting::AllowedTokens)) {
        if (token.equals(text))
            return plainTokenName(token);
    }
    return {};
}

void LocalTokens::adopt(const Secret &token, TokenSettings settings, const Reply<TokenView> &reply)
{
    if (Result<void> sound = checkTokenSettings(settings); !sound) {
        reply(refused(std::move(sound.error())));
        return;
    }
    TokenRow row = tokenRow(token, std::move(settings), m_parts.clock.nowMs());
    m_audit.note("tokens.import", "token " + row.settings.name);
    save(std::move(row), [this, reply](Result<TokenRow> saved) {
        if (saved)
            reply(view(*saved));
        else
            reply(fail(std::move(saved.error())));
    });
}

void LocalTokens::patch(TokenId id, TokenPatch patch, Reply<TokenView> reply)
{
    const TokenRow *row = find(id);
    if (!row) {
        reply(unknownToken());
        return;
    }
    TokenRow next = *row;
    next.settings = patched(std::move(next.settings), patch);
    if (Result<void> sound = checkTokenSettings(next.settings); !sound) {
        reply(refused(std::move(sound.error())));
        return;
    }
    m_audit.note("tokens.edit", "token " + row->settings.name);
    save(std::move(next), [this, reply](Result<TokenRow> saved) {
        if (saved)
            reply(view(*saved));
        else
            reply(fail(std::move(saved.error())));
    });
}

void LocalTokens::remove(TokenId id, Reply<void> reply)
{
    const TokenRow *row = find(id);
    if (!row) {
        reply(unknownToken());
        return;
    }
    m_audit.note("tokens.delete", "token " + row->settings.name);
    std::erase_if(m_rows, [id](const TokenRow &some) { return some.id == id; });
    use();
    m_parts.store.deleteTokens({id}, reply);
}

void LocalTokens::rotate(TokenId id, Reply<IssuedToken> reply)
{
    const TokenRow *row = find(id);
    if (!row) {
        reply(unknownToken());
        return;
    }
    NewToken made = makeAccessToken(row->settings, m_parts.clock.nowMs());
    made.row.id = id;
    made.row.createdMs = row->createdMs;
    m_audit.note("tokens.rotate", "token " + row->settings.name);
    save(std::move(made.row), [this, secret = made.secret, reply](Result<TokenRow> saved) {
        if (saved)
            reply(IssuedToken{view(*saved), secret});
        else
            reply(fail(std::move(saved.error())));
    });
}

} // namespace Gateway
