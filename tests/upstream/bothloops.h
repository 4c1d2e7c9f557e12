#pragma once

#include <QCoreApplication>
#include <QTest>

#ifdef Q_OS_LINUX
#include "gateway/common/epolldispatcher.h"
#endif

/// Runs a test class in Qt's own event loop and then in the one of the gateway's workers.
template <typename Test>
int runInBothLoops(int argc, char **argv)
{
    int failed = 0;
    {
        QCoreApplication app(argc, argv);
        Test test;
        failed += QTest::qExec(&test, argc, argv);
    }
#ifdef Q_OS_LINUX
    QCoreApplication::setEventDispatcher(new Gateway::EpollDispatcher);
    QCoreApplication app(argc, argv);
    Test test;
    failed += QTest::qExec(&test, argc, argv);
#endif
    return failed;
}
