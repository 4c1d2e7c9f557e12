#pragma once

#include <memory>

#include "gateway/common/secret.h"
#include "gateway/store/masterkey.h"

namespace Gateway {

/// A master key that was given as a text, by a setting.
class GivenMasterKey final : public MasterKeySource
{
public:
    /// `name`: of the setting.
    GivenMasterKey(Secret text, std::string name);

    std::string name() const override { return m_name; }
    Result<std::vector<MasterKey>> load(const std::string &storeId) override;
    bool isWritable() const override { return false; }
    Result<void> save(const std::string &storeId, const std::vector<MasterKey> &keys) override;

private:
    const Secret m_text;
    const std::string m_name;
};

/// A file with the master key, readable by its owner alone (0600).
class MasterKeyFile final : public MasterKeySource
{
public:
    enum class WhenMissing : std::uint8_t {
        Make, ///< It may be made.
        Fail  ///< It was named by a user and must be there.
    };

    /// `path`: UTF-8.
    MasterKeyFile(std::string path, WhenMissing whenMissing);

    std::string name() const override { return "the file " + m_path; }
    /// A mode that lets others read is narrowed where the file may be made; elsewhere (a container's secret)
    /// it is the user's affair.
    Result<std::vector<MasterKey>> load(const std::string &storeId) override;
    bool isWritable() const override;
    /// Atomic: a new file takes the old one's place.
    Result<void> save(const std::string &storeId, const std::vector<MasterKey> &keys) override;

private:
    tl::unexpected<Error> unusable(const std::string &why) const;

    const std::string m_path;
    const WhenMissing m_whenMissing;
};

/// The file "master.key" in the folder of the database at `path`: where the key is when nobody says
/// otherwise.
std::shared_ptr<MasterKeySource> masterKeyFileBeside(const std::string &path);

} // namespace Gateway
