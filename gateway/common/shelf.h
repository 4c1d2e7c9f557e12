#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <QObject>

#include "gateway/common/result.h"

namespace Gateway {

/// A file or batch that a client left and names by its id later, or a picture that waits to be fetched.
struct ShelfItem
{
    static constexpr std::string_view FILE = "file";
    static constexpr std::string_view BATCH = "batch";
    static constexpr std::string_view PICTURE = "picture";

    std::string id;
    std::string kind;           ///< FILE, BATCH or PICTURE.
    std::string owner;          ///< Of which access token it is; no other sees it. Pictures have none.
    std::string label;          ///< A file's purpose, a picture's MIME type.
    std::int64_t createdMs = 0; ///< ms since 1970 UTC, as all times here.
    std::int64_t expiresMs = 0; ///< 0: never.
    std::string state;          ///< A JSON object.
    std::string content;        ///< Empty in lists, and where none is kept.
};

/// Which items of one owner, by their age.
struct ShelfQuery
{
    std::string kind;
    std::string owner;
    std::string idPrefix; ///< "" for any.
    std::string label;    ///< "" for any.
    std::string after;    ///< Those that follow this id in the order asked for; "" from the start.
    bool isNewestFirst = true;
    int limit = 20; ///< One more comes where there is more.
};

/// Where they lie. All functions may be called from any thread and return at once; `done` is called later in
/// the thread of `context`, and not at all once that is gone.
class Shelf
{
public:
    using Done = std::function<void(Result<void>)>;
    using Found = std::function<void(Result<std::optional<ShelfItem>>)>;
    using Listed = std::function<void(Result<std::vector<ShelfItem>>)>;

    virtual ~Shelf() = default;

    /// Adds one, or replaces what has its id; on the disk when `done` is called.
    virtual void put(ShelfItem item, QObject *context, Done done) = 0;
    /// A new state for one that is there.
    virtual void setState(std::string id, std::string state) = 0;
    virtual void remove(std::string id, QObject *context, Done done) = 0;
    /// Nothing when `owner` has none of that id, or its time is over.
    virtual void find(std::string id, std::string owner, QObject *context, Found done) = 0;
    virtual void list(ShelfQuery query, QObject *context, Listed done) = 0;
};

} // namespace Gateway
