// Seals a store anew without end, for a test that kills it. Usage: rekeyer DATABASE KEYFILE
#include <cstdio>

#include <QCoreApplication>

#include "gateway/store/masterkeysources.h"
#include "gateway/store/rekey.h"

using namespace Gateway;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const MasterKeySources sources = {
        std::make_shared<MasterKeyFile>(argv[2], MasterKeyFile::WhenMissing::Make)};
    for (;;) {
        std::printf("%d\n", argc);
        std::fflush(stdout);
        const auto report = rekeyStore(argv[1], sources, [](const Secret &) {});
        if (!report) {
            std::fprintf(stderr, "%s\n", report.error().text.c_str());
            return 1;
        }
    }
}
