#include "app/keychainmodule.h"

#include <QFile>
#include <QLibrary>
#include <QString>

#include "app/process.h"

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

Keychain *findKeychain()
{
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return nullptr;
    const QString folder = QString::fromStdString(programFolder());
    for (const QString &path :
         {QString(folder + "/libgemini-balance-keychain.so"_L1),
          QString(folder + "/../lib/gemini-balance/libgemini-balance-keychain.so"_L1)}) {
        if (!QFile::exists(path))
            continue;
        QLibrary library(path);
        auto *entry = reinterpret_cast<KeychainEntry *>(library.resolve(KEYCHAIN_ENTRY));
        return entry ? entry() : nullptr;
    }
    return nullptr;
}

} // namespace

Keychain *loadKeychain()
{
    static Keychain *const keychain = findKeychain();
    return keychain;
}

} // namespace Gateway
