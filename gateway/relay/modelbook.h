#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace Gateway {

/// What one worker has seen of the models lately: how long their answers take to begin, and whether they
/// answer chat calls, other calls, or both. Of a bounded number of models, those asked last.
class ModelBook
{
public:
    /// A call's answer began well after `ms`. `isChat`: generateContent and its kin, not embedContent and
    /// such.
    void answered(std::string_view model, bool isChat, std::int64_t ms);

    /// So long 95 of 100 answers to chat calls take to begin at most (to about a fifth), in ms; nothing
    /// before there are twenty.
    std::optional<std::int64_t> slowMs(std::string_view model) const;

    /// Whether such a call was answered lately.
    bool hasAnswered(std::string_view model, bool isChat) const;

private:
    /// Bucket b holds times up to 2^(b/4) ms; the last one all above 18 minutes.
    static constexpr std::size_t BUCKETS = 81;
    struct Page
    {
        std::string model;
        std::array<std::uint16_t, BUCKETS> counts{};
        std::uint32_t total = 0;
        bool chat = false;
        bool other = false;
    };
    using Pages = std::list<Page>;

    Page &pageOf(std::string_view model);
    const Page *find(std::string_view model) const;
    static void count(Page &page, std::int64_t ms);

    Pages m_pages; ///< The one asked last in front.
    std::map<std::string, Pages::iterator, std::less<>> m_byModel;
};

/// Lets at most every tenth request have something, over the last thousand or so.
class Share
{
public:
    void request();
    /// Takes one if there is one left.
    bool take();

private:
    std::uint32_t m_requests = 0;
    std::uint32_t m_taken = 0;
};

} // namespace Gateway
