#pragma once

#include <string>

#include "gateway/common/json.h"
#include "tests/integration/stage.h"

namespace TestSupport {

constexpr const char *ADMIN_TOKEN = "admin-token-of-the-tests";

/// The admin API of a stage's program.
class AdminClient
{
public:
    explicit AdminClient(const Stage &stage, std::string token = ADMIN_TOKEN);

    /// `path`: after /admin/api/v1. `body`: JSON, or empty for none.
    Gateway::RawAnswer ask(const std::string &method, const std::string &path,
                           const std::string &body = {}) const;
    /// The JSON of an answer that must have that status; null when it has not.
    json::value json(int status, const std::string &method, const std::string &path,
                     const std::string &body = {}) const;
    std::string requestText(const std::string &method, const std::string &path,
                            const std::string &body) const;

private:
    std::uint16_t m_port;
    std::string m_token;
};

} // namespace TestSupport
