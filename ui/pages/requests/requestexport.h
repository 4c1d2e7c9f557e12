#pragma once

#include <QObject>
#include <QSaveFile>

#include "gateway/control/control.h"

namespace Ui {

/// Writes the requests of a filter to a file, page by page, newest first: CSV with a head, or JSON lines.
/// Deletes itself when it is done.
class RequestExport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestExport)

public:
    /// JSON lines for a path that ends in ".jsonl", else CSV.
    RequestExport(Gateway::Control &control, const Gateway::RequestFilter &filter, const QString &path,
                  QObject *parent);

    void start();
    /// Leaves no file behind.
    void cancel();

Q_SIGNALS:
    void progressed(qint64 count);
    /// `failure` is empty when all went well.
    void finished(qint64 count, const QString &failure);

private:
    void next();
    void write(const Gateway::RequestView &request);
    void finish(const QString &failure);

    Gateway::Control &m_control;
    Gateway::RequestQuery m_query;
    QSaveFile m_file;
    bool m_isJson;
    bool m_isCancelled = false;
    qint64 m_count = 0;
};

} // namespace Ui
