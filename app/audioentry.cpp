#include <QtGlobal>

#include "app/audiomodule.h"
#include "gateway/audio/avlibrary.h"

using namespace Gateway;

extern "C" Q_DECL_EXPORT const AudioLibrary *geminiBalanceAudio();

const AudioLibrary *geminiBalanceAudio()
{
    static const AvLibrary library;
    return &library;
}
