#include "tests/support/fakeencoding.h"

#include <QByteArray>

namespace TestSupport {

namespace {

std::string plainAlphabet(std::string_view text)
{
    std::string plain(text);
    while (plain.ends_with('='))
        plain.pop_back();
    for (char &letter : plain) {
        if (letter == '-')
            letter = '+';
        else if (letter == '_')
            letter = '/';
    }
    return plain;
}

QByteArray bytesOf(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

std::string base64Encoded(std::string_view bytes)
{
    return bytesOf(bytes).toBase64().toStdString();
}

std::string base64Decoded(std::string_view text)
{
    const auto result =
        QByteArray::fromBase64Encoding(bytesOf(plainAlphabet(text)), QByteArray::AbortOnBase64DecodingErrors);
    return result ? result.decoded.toStdString() : std::string();
}

bool isBase64(std::string_view text)
{
    const std::string plain = plainAlphabet(text);
    return !plain.empty() && plain.size() % 4 != 1 &&
           bool(QByteArray::fromBase64Encoding(bytesOf(plain), QByteArray::AbortOnBase64DecodingErrors));
}

std::string onePixelPng()
{
    return base64Decoded(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

} // namespace TestSupport
