#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "tests/support/httpplan.h"

namespace TestSupport {

namespace json = boost::json;

/// A part of an answer's body that is sent by itself.
struct FakePiece
{
    std::string text;
    double delayMs = 0; ///< Before it is sent.
};

/// An answer before it is framed.
struct FakeAnswer
{
    int status = 200;
    std::string contentType = "application/json; charset=UTF-8";
    Gateway::Headers headers;
    std::vector<FakePiece> pieces;
    bool streamed = false; ///< Chunked, each piece a chunk; otherwise Content-Length.
};

/// A whole JSON answer.
FakeAnswer jsonAnswer(const json::value &body, int status = 200);

/// google.rpc.Status: `status` is the HTTP code, its word follows from it unless given.
FakeAnswer errorAnswer(int status, std::string_view message, json::array details = {},
                       std::string_view word = {});

/// The object {"error":…} of errorAnswer().
json::object errorObject(int status, std::string_view message, json::array details = {},
                         std::string_view word = {});

/// google.rpc.ErrorInfo, RetryInfo as members of `details`.
json::object errorInfo(std::string_view reason, json::object metadata = {});
json::object retryInfo(double seconds);

/// The steps: the head first, then one for each piece, and the end of a chunked body last; nothing is joined
/// yet. Compressed when `request` accepts gzip; without a body for HEAD.
HttpPlan planOf(const FakeAnswer &answer, const HttpRequest &request);

/// Joins steps that follow each other without a delay or an end between them.
void joinSteps(HttpPlan &plan);

} // namespace TestSupport
