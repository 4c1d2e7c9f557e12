#include "gateway/store/masterkeysources.h"

#include <utility>

#include <sodium.h>

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace Gateway {

namespace {

constexpr QFile::Permissions OWNER_ONLY = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions OTHERS = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
/// More is no key file; two keys take 90 bytes.
constexpr qint64 MAX_BYTES = 4096;

} // namespace

GivenMasterKey::GivenMasterKey(Secret text, std::string name)
    : m_text(std::move(text))
    , m_name(std::move(name))
{
}

Result<std::vector<MasterKey>> GivenMasterKey::load(const std::string & /*storeId*/)
{
    return MasterKey::parse(m_text.reveal(), m_name).map([](const MasterKey &key) {
        return std::vector<MasterKey>{key};
    });
}

Result<void> GivenMasterKey::save(const std::string & /*storeId*/, const std::vector<MasterKey> & /*keys*/)
{
    return fail(503, "master_key_readonly", m_name + " cannot be written.");
}

MasterKeyFile::MasterKeyFile(std::string path, WhenMissing whenMissing)
    : m_path(std::move(path))
    , m_whenMissing(whenMissing)
{
}

tl::unexpected<Error> MasterKeyFile::unusable(const std::string &why) const
{
    return fail(503, "master_key_missing", "The master key's file " + m_path + " " + why + ".");
}

Result<std::vector<MasterKey>> MasterKeyFile::load(const std::string & /*storeId*/)
{
    QFile file(QString::fromStdString(m_path));
    if (!file.exists()) {
        if (m_whenMissing == WhenMissing::Make)
            return std::vector<MasterKey>();
        return unusable("is not there");
    }
    if (m_whenMissing == WhenMissing::Make && (file.permissions() & OTHERS) != 0 &&
        !file.setPermissions(OWNER_ONLY))
        return unusable("is readable by others and its mode cannot be changed");
    if (!file.open(QFile::ReadOnly))
        return unusable("cannot be read: " + file.errorString().toStdString());
    QByteArray bytes = file.read(MAX_BYTES);
    Result<std::vector<MasterKey>> keys =
        MasterKey::parseLines({bytes.constData(), static_cast<std::size_t>(bytes.size())}, name());
    sodium_memzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    // An empty file beside a sealed store must not look like a store that never had a key.
    if (keys && keys->empty())
        return fail(503, "master_key_invalid", "The master key's file " + m_path + " is empty.");
    return keys;
}

bool MasterKeyFile::isWritable() const
{
    const QFileInfo info(QString::fromStdString(m_path));
    return QFileInfo(info.absolutePath()).isWritable() && (!info.exists() || info.isWritable());
}

Result<void> MasterKeyFile::save(const std::string & /*storeId*/, const std::vector<MasterKey> &keys)
{
    // QSaveFile syncs before it renames, and makes its file for the owner alone.
    QSaveFile file(QString::fromStdString(m_path));
    if (!file.open(QFile::WriteOnly))
        return unusable("cannot be written: " + file.errorString().toStdString());
    bool isWritten = file.setPermissions(OWNER_ONLY);
    for (const MasterKey &key : keys) {
        const Secret text = key.text();
        const auto length = static_cast<qint64>(text.reveal().size());
        isWritten =
            isWritten && file.write(text.reveal().data(), length) == length && file.write("\n", 1) == 1;
    }
    if (!isWritten || !file.commit())
        return unusable("cannot be written: " + file.errorString().toStdString());
    return {};
}

std::shared_ptr<MasterKeySource> masterKeyFileBeside(const std::string &path)
{
    const QFileInfo database(QString::fromStdString(path));
    const std::string folder = database.absolutePath().toStdString();
    return std::make_shared<MasterKeyFile>(folder + "/master.key", MasterKeyFile::WhenMissing::Make);
}

} // namespace Gateway
