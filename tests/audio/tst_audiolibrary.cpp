#include <thread>

#include <QElapsedTimer>
#include <QTest>

#include "gateway/audio/avlibrary.h"
#include "tests/audio/audiodecode.h"

using namespace Gateway;
using namespace TestSupport;

Q_DECLARE_METATYPE(Gateway::AudioFormat)

// FFmpeg's encoders behind the gateway's interface; what they write is decoded again.
class TstAudioLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatPlayersRead_data() { formats(); }
    void writesWhatPlayersRead();
    void sendsWhileItEncodes_data() { formats(); }
    void sendsWhileItEncodes();
    void takesOtherRates_data() { formats(); }
    void takesOtherRates();
    void changesTheSpeedAndNotThePitch_data();
    void changesTheSpeedAndNotThePitch();
    void encodesNothing_data() { formats(); }
    void encodesNothing();
    void isUsedByManyThreads();
    void tellsDurations_data() { formats(); }
    void tellsDurations();
    void readsNoOtherFiles_data();
    void readsNoOtherFiles();
    void isQuick();

private:
    static void formats();

    AvLibrary m_library;
};

namespace {

constexpr double SECONDS = 3;
constexpr double HERTZ = 440;
constexpr std::size_t PIECE = 4801; // neither a frame nor a whole number of samples

/// `samples` in pieces of about a tenth of a second.
std::string encoded(AudioEncoder &encoder, std::string_view samples, std::string *beforeTheEnd = nullptr)
{
    std::string file;
    std::string waiting;
    for (std::size_t at = 0; at < samples.size(); at += PIECE) {
        waiting += samples.substr(at, PIECE);
        const std::size_t whole = waiting.size() - waiting.size() % 2;
        if (!encoder.encode(std::string_view(waiting).substr(0, whole), file))
            return {};
        waiting.erase(0, whole);
    }
    if (beforeTheEnd)
        *beforeTheEnd = file;
    return encoder.finish(file) ? file : std::string();
}

} // namespace

void TstAudioLibrary::formats()
{
    QTest::addColumn<AudioFormat>("format");
    QTest::addColumn<QByteArray>("codec");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("mp3") << AudioFormat::Mp3 << QByteArray("mp3float") << QByteArray("\xff\xf3");
    QTest::newRow("opus") << AudioFormat::Opus << QByteArray("opus") << QByteArray("OggS");
    QTest::newRow("aac") << AudioFormat::Aac << QByteArray("aac") << QByteArray("\xff\xf1");
    QTest::newRow("flac") << AudioFormat::Flac << QByteArray("flac") << QByteArray("fLaC");
    QTest::newRow("wav") << AudioFormat::Wav << QByteArray("pcm_s16le")
                         << QByteArray("RIFF\xff\xff\xff\xffWAVE");
    QTest::newRow("pcm") << AudioFormat::Pcm << QByteArray() << QByteArray();
}

void TstAudioLibrary::writesWhatPlayersRead()
{
    QFETCH(AudioFormat, format);
    QFETCH(QByteArray, codec);
    QFETCH(QByteArray, begin);
    const std::string samples = tone(HERTZ, SECONDS);
    auto encoder = m_library.encoder({format});
    QVERIFY2(encoder, encoder ? "" : encoder.error().text.c_str());
    const std::string file = encoded(**encoder, samples);
    QVERIFY(QByteArray::fromStdString(file).startsWith(begin));
    if (format == AudioFormat::Pcm) {
        QVERIFY(file == samples);
        return;
    }
    const DecodedAudio heard = decodedAudio(file);
    QCOMPARE(QByteArray::fromStdString(heard.codec), codec);
    QCOMPARE(heard.channels, 1);
    QVERIFY(heard.rate == 24000 || (format == AudioFormat::Opus && heard.rate == 48000));
    QVERIFY2(std::abs(heard.seconds() - SECONDS) < 0.1, std::to_string(heard.seconds()).c_str());
    QVERIFY2(std::abs(heard.frequency() - HERTZ) < 3, std::to_string(heard.frequency()).c_str());
    if (format == AudioFormat::Flac || format == AudioFormat::Wav)
        QCOMPARE(heard.samples.size(), samples.size() / 2);
}

void TstAudioLibrary::sendsWhileItEncodes()
{
    QFETCH(AudioFormat, format);
    auto encoder = m_library.encoder({format});
    QVERIFY(encoder);
    std::string before;
    const std::string file = encoded(**encoder, tone(HERTZ, SECONDS), &before);
    QVERIFY(file.starts_with(before)); // nothing is filled in later
    if (format == AudioFormat::Pcm)
        return;
    const double played = decodedAudio(before).seconds();
    QVERIFY2(played > SECONDS - 0.45, std::to_string(played).c_str());
}

void TstAudioLibrary::takesOtherRates()
{
    QFETCH(AudioFormat, format);
    constexpr int rate = 16'000;
    auto encoder = m_library.encoder({format, rate});
    QVERIFY(encoder);
    const std::string file = encoded(**encoder, tone(HERTZ, SECONDS, rate));
    if (format == AudioFormat::Pcm) {
        const double seconds = static_cast<double>(file.size()) / 2 / 24000;
        QVERIFY2(std::abs(seconds - SECONDS) < 0.01, std::to_string(seconds).c_str());
        return;
    }
    const DecodedAudio heard = decodedAudio(file);
    QVERIFY2(std::abs(heard.seconds() - SECONDS) < 0.1, std::to_string(heard.seconds()).c_str());
    QVERIFY2(std::abs(heard.frequency() - HERTZ) < 3, std::to_string(heard.frequency()).c_str());
}

void TstAudioLibrary::changesTheSpeedAndNotThePitch_data()
{
    QTest::addColumn<double>("speed");
    QTest::newRow("quarter") << 0.25;
    QTest::newRow("slow") << 0.8;
    QTest::newRow("quick") << 1.5;
    QTest::newRow("four") << 4.0;
}

void TstAudioLibrary::changesTheSpeedAndNotThePitch()
{
    QFETCH(double, speed);
    auto encoder = m_library.encoder({AudioFormat::Wav, 24'000, speed});
    QVERIFY(encoder);
    const DecodedAudio heard = decodedAudio(encoded(**encoder, tone(200, 4)));
    const double expected = 4 / speed;
    QVERIFY2(std::abs(heard.seconds() - expected) < 0.02 * expected + 0.1,
             std::to_string(heard.seconds()).c_str());
    QVERIFY2(std::abs(heard.frequency() - 200) < 6, std::to_string(heard.frequency()).c_str());
}

void TstAudioLibrary::encodesNothing()
{
    QFETCH(AudioFormat, format);
    auto encoder = m_library.encoder({format});
    QVERIFY(encoder);
    std::string file;
    QVERIFY((*encoder)->encode({}, file));
    QVERIFY((*encoder)->finish(file));
}

void TstAudioLibrary::isUsedByManyThreads()
{
    const std::string samples = tone(HERTZ, 1);
    auto first = m_library.encoder({AudioFormat::Mp3});
    QVERIFY(first);
    const std::string expected = encoded(**first, samples);
    std::vector<std::string> files(4);
    std::vector<std::thread> threads;
    for (std::string &file : files)
        threads.emplace_back([&] {
            if (auto encoder = m_library.encoder({AudioFormat::Mp3}))
                file = encoded(**encoder, samples);
        });
    for (std::thread &thread : threads)
        thread.join();
    for (const std::string &file : files)
        QVERIFY(file == expected);
}

void TstAudioLibrary::tellsDurations()
{
    QFETCH(AudioFormat, format);
    auto encoder = m_library.encoder({format});
    QVERIFY(encoder);
    const std::optional<double> seconds = m_library.duration(encoded(**encoder, tone(HERTZ, SECONDS)));
    if (format == AudioFormat::Pcm) {
        QVERIFY(!seconds); // nothing tells what it is
        return;
    }
    QVERIFY(seconds);
    QVERIFY2(std::abs(*seconds - SECONDS) < 0.15, std::to_string(*seconds).c_str());
}

void TstAudioLibrary::readsNoOtherFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("This is no recording.");
    QTest::newRow("playlist") << QByteArray(
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n");
    QTest::newRow("list") << QByteArray("ffconcat version 1.0\nfile /etc/passwd\n");
}

void TstAudioLibrary::readsNoOtherFiles()
{
    QFETCH(QByteArray, file);
    QVERIFY(!m_library.duration(file.toStdString()));
}

void TstAudioLibrary::isQuick()
{
    const std::string samples = tone(HERTZ, 10);
    for (const AudioFormat format :
         {AudioFormat::Mp3, AudioFormat::Opus, AudioFormat::Aac, AudioFormat::Flac, AudioFormat::Wav}) {
        for (const double speed : {1.0, 1.25}) {
            auto encoder = m_library.encoder({format, 24'000, speed});
            QVERIFY(encoder);
            QElapsedTimer timer;
            timer.start();
            QVERIFY(!encoded(**encoder, samples).empty());
            qInfo("format %d, speed %.2f: %.1f ms a second of speech", static_cast<int>(format), speed,
                  static_cast<double>(timer.nsecsElapsed()) / 1e7);
            QVERIFY(timer.elapsed() < 5000); // twice as fast as it is spoken, also on a busy machine
        }
    }
}

QTEST_APPLESS_MAIN(TstAudioLibrary)
#include "tst_audiolibrary.moc"
