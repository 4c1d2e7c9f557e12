#pragma once

#include <string>

/// google.rpc.Status as Google writes it.
inline std::string errorBody(int code, const std::string &status, const std::string &message,
                             const std::string &details = {})
{
    std::string body = "{\"error\":{\"code\":" + std::to_string(code) + ",\"message\":\"" + message +
                       "\",\"status\":\"" + status + "\"";
    if (!details.empty())
        body += ",\"details\":[" + details + "]";
    return body + "}}";
}

inline std::string errorInfo(const std::string &reason)
{
    return R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":")" + reason +
           R"(","domain":"googleapis.com"})";
}

inline std::string quotaFailure(const std::string &quotaId, const std::string &value = "20")
{
    return R"({"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":")" + quotaId +
           R"(","quotaValue":")" + value + R"("}]})";
}

/// A violation as Google writes it, metric and all.
inline std::string violation(const std::string &quotaId, const std::string &metric, const std::string &value)
{
    return R"({"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":")" +
           ("generativelanguage.googleapis.com/" + metric) + R"(","quotaId":")" + quotaId +
           R"(","quotaDimensions":{"location":"global","model":"gemini-x"},"quotaValue":")" + value +
           R"("}]})";
}

inline std::string retryInfo(const std::string &delay)
{
    return R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":")" + delay + R"("})";
}

inline std::string quotaError(const std::string &details,
                              const std::string &message = "You exceeded your quota.")
{
    return errorBody(429, "RESOURCE_EXHAUSTED", message, details);
}

inline const std::string PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
inline const std::string PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
