#include <QtGlobal>

#include "app/keychainmodule.h"
#include "app/qtkeychain.h"

using namespace Gateway;

extern "C" Q_DECL_EXPORT Keychain *geminiBalanceKeychain();

Keychain *geminiBalanceKeychain()
{
    static QtKeychain keychain;
    return &keychain;
}
