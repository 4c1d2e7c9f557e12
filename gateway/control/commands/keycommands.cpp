#include "gateway/control/commands/keycommands.h"

#include "gateway/control/commands/unsupported.h"

namespace Gateway {

void KeyCommands::list(KeyQuery, Reply<KeyInfoPage> reply)
{
    notSupported(reply);
}

void KeyCommands::history(std::vector<KeyId>, std::int64_t, int, Reply<std::vector<KeyHistory>> reply)
{
    notSupported(reply);
}

void KeyCommands::add(AddKeys, Reply<AddKeysResult> reply)
{
    notSupported(reply);
}

void KeyCommands::patch(std::vector<KeyId>, KeyPatch, Reply<std::vector<KeyInfo>> reply)
{
    notSupported(reply);
}

void KeyCommands::remove(std::vector<KeyId>, Reply<void> reply)
{
    notSupported(reply);
}

void KeyCommands::restore(std::vector<KeyId>, Reply<std::vector<KeyInfo>> reply)
{
    notSupported(reply);
}

void KeyCommands::rest(std::vector<KeyId>, std::int64_t, Reply<void> reply)
{
    notSupported(reply);
}

void KeyCommands::lift(std::vector<KeyId>, std::string, Reply<void> reply)
{
    notSupported(reply);
}

void KeyCommands::resetFailures(std::vector<KeyId>, Reply<void> reply)
{
    notSupported(reply);
}

void KeyCommands::check(CheckRequest, Reply<CheckProgress> reply)
{
    notSupported(reply);
}

void KeyCommands::checkProgress(Reply<CheckProgress> reply)
{
    notSupported(reply);
}

void KeyCommands::cancelCheck(Reply<CheckProgress> reply)
{
    notSupported(reply);
}

void KeyCommands::reveal(KeyId, Reply<RevealedKey> reply)
{
    notSupported(reply);
}

void KeyCommands::exportKeys(KeyExport, Reply<ExportedFile> reply)
{
    notSupported(reply);
}

} // namespace Gateway
