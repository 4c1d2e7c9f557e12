#include "gateway/store/storelog.h"

namespace Gateway {

Q_LOGGING_CATEGORY(storeLog, "gateway.store")

} // namespace Gateway
